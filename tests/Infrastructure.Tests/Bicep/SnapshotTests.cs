namespace KafkaFunctions.Infrastructure.Tests.Bicep;

public sealed class SnapshotTests
{
    public static TheoryData<string> Parameters => [.. InfrastructureFiles.Parameters];

    [Theory]
    [MemberData(nameof(Parameters))]
    public async Task Deployment_OfAParameterFile_IsThatOfItsSnapshot(string parameters)
    {
        Assert.True(File.Exists(Snapshots.FileOf(parameters)), $"{parameters} has no snapshot. {Refresh.HowTo}");

        var result = await Snapshots.ValidateAsync(parameters);

        Assert.True(result.Status == 0, $"What {parameters} deploys has changed:\n{result.Output}{result.Error}\nIf that is meant, refresh the snapshot. {Refresh.HowTo}");
    }

    [Fact]
    public void Snapshots_OfParameterFiles_AreAllThere()
    {
        var snapshots = Directory.GetFiles(InfrastructureFiles.Folder, "*.snapshot.json").Concat(Directory.GetFiles(InfrastructureFiles.Variants, "*.snapshot.json"));

        Assert.Equal(InfrastructureFiles.Parameters.Select(Snapshots.FileOf).Order(), snapshots.Order());
    }

    [Theory]
    [InlineData("dev")]
    [InlineData("test")]
    [InlineData("prod")]
    public void Environment_HasAParameterFile(string environment) => Assert.Contains($"infra-bicep/{environment}.bicepparam", InfrastructureFiles.Parameters);
}
