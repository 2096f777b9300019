using System.Text.Json;

namespace KafkaFunctions.Infrastructure.Tests.Deployed;

/// <summary>What every deployment promises about who gets at what.</summary>
public sealed class SecurityTests
{
    public static TheoryData<string> Deployments => Deployment.All;

    [Theory]
    [MemberData(nameof(Deployments))]
    public void StorageAccounts_HaveNoKeys_AndNoPublicBlobs(string parameters) =>
        Assert.All(Deployment.Read(parameters).Of("Microsoft.Storage/storageAccounts"), account =>
        {
            Assert.False(account.Properties.GetProperty("allowSharedKeyAccess").GetBoolean());
            Assert.False(account.Properties.GetProperty("allowBlobPublicAccess").GetBoolean());
            Assert.Equal("TLS1_2", account.Properties.GetProperty("minimumTlsVersion").GetString());
        });

    [Theory]
    [MemberData(nameof(Deployments))]
    public void StateAndHost_HaveAccountsOfTheirOwn(string parameters)
    {
        var deployment = Deployment.Read(parameters);
        var withTables = deployment.Of("Microsoft.Storage/storageAccounts/tableServices/tables").Select(table => table.Name.Split('/')[0]).ToHashSet();
        var withPackages = deployment.Of("Microsoft.Storage/storageAccounts/blobServices/containers").Select(container => container.Name.Split('/')[0]).ToHashSet();

        Assert.Empty(withTables.Intersect(withPackages));
    }

    [Theory]
    [MemberData(nameof(Deployments))]
    public void Password_IsAReferenceToTheKeyVault(string parameters)
    {
        var settings = Deployment.Read(parameters).Settings;

        if (settings.TryGetValue("KafkaPassword", out var password))
        {
            Assert.StartsWith("@Microsoft.KeyVault(", password, StringComparison.Ordinal);
        }

        Assert.DoesNotContain(settings, setting => setting.Value!.Contains("SharedAccessKey", StringComparison.Ordinal) || setting.Value.Contains("AccountKey", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Deployments))]
    public void Grants_SayWhy_AndAreNoOwners(string parameters)
    {
        string[] powerful = ["8e3af657-a8ff-443c-a75c-2fe8c4bcb635", "b24988ac-6180-42a0-ab88-20f7382dd24c", "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9"]; // Owner, Contributor, User Access Administrator
        var grants = Deployment.Read(parameters).Of("Microsoft.Authorization/roleAssignments").ToList();

        Assert.NotEmpty(grants);
        Assert.All(grants, grant =>
        {
            Assert.NotEqual("", grant.Properties.GetProperty("description").GetString());
            Assert.DoesNotContain(grant.Properties.GetProperty("roleDefinitionId").GetString()!.Split('/')[^1], powerful);
        });
    }

    [Theory]
    [InlineData("infra-bicep/prod.bicepparam")]
    [InlineData("tests/Infrastructure.Tests/Variants/elastic-premium.bicepparam")]
    public void PrivateNetwork_ClosesEverythingElse(string parameters)
    {
        var deployment = Deployment.Read(parameters);
        string[] closed = ["Microsoft.Storage/storageAccounts", "Microsoft.KeyVault/vaults", "Microsoft.EventHub/namespaces"];
        var targets = deployment.Of("Microsoft.Network/privateEndpoints")
            .Select(endpoint => endpoint.Properties.GetProperty("privateLinkServiceConnections")[0].GetProperty("properties").GetProperty("privateLinkServiceId").GetString()!.Split('/')[^1])
            .ToList();

        Assert.All(deployment.Resources.Where(resource => closed.Contains(resource.Type)), resource =>
        {
            Assert.Equal("Disabled", resource.Properties.GetProperty("publicNetworkAccess").GetString());
            Assert.Contains(resource.Name, targets);
        });
        Assert.NotEqual(JsonValueKind.Null, deployment.Of("Microsoft.Web/sites").Single().Properties.GetProperty("virtualNetworkSubnetId").ValueKind);
    }

    [Fact]
    public void Production_IsPrivate_AndHasNoDevelopers()
    {
        var production = Deployment.Read("infra-bicep/prod.bicepparam");

        Assert.Single(production.Of("Microsoft.Network/virtualNetworks"));
        Assert.DoesNotContain(production.Of("Microsoft.Authorization/roleAssignments"), grant => grant.Properties.GetProperty("principalType").GetString() == "User");
        Assert.True(production.Of("Microsoft.KeyVault/vaults").Single().Properties.GetProperty("enablePurgeProtection").GetBoolean());
    }
}
