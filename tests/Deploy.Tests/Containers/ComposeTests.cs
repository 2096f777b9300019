using System.Globalization;
using KafkaFunctions.SelfHost.Http;

namespace KafkaFunctions.Deploy.Tests.Containers;

public sealed class ComposeTests
{
    private static readonly YamlDotNet.RepresentationModel.YamlNode Compose = Yaml.Document("deploy/compose.yaml");

    [Fact]
    public void App_HasOnlySettingsThatAreRead() =>
        Assert.All(Compose.Names("services", "app", "environment"), name => Assert.True(App.Reads(name), $"Nothing reads the setting '{name}'."));

    [Fact]
    public void App_IsBuiltFromTheDockerfile()
    {
        var context = Compose.Text("services", "app", "build", "context");

        Assert.True(File.Exists(RepositoryFiles.Full(Path.Combine("deploy", context, "Dockerfile"))));
    }

    [Fact]
    public void App_FindsTheBroker() =>
        Assert.Contains($"INSIDE://{Compose.Text("services", "app", "environment", "BrokerList")}", Compose.Text("services", "kafka", "environment", "KAFKA_ADVERTISED_LISTENERS"), StringComparison.Ordinal);

    [Fact]
    public void App_ListensOnThisMachineAlone() =>
        Assert.Equal(
            [string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{ListenAddress.DefaultPort}:{ListenAddress.DefaultPort}")],
            Compose.List("services", "app", "ports").Select(port => port.ToString()));

    [Fact]
    public void App_HasTimeToStop() =>
        Assert.True(TimeSpan.FromSeconds(int.Parse(Compose.Text("services", "app", "stop_grace_period").TrimEnd('s'), CultureInfo.InvariantCulture)) > App.ShutdownTimeout);

    [Fact]
    public void Volumes_AreDeclared() =>
        Assert.All(
            Compose.Names("services").SelectMany(service => Compose.List("services", service, "volumes")),
            volume => Assert.Contains(volume.ToString().Split(':')[0], Compose.Names("volumes")));

    [Fact]
    public void App_KeepsItsDataInAVolume() =>
        Assert.Contains($"data:{Assert.Single(DockerfileInstructions.OfImage("VOLUME"))}", Compose.List("services", "app", "volumes").Select(volume => volume.ToString()));
}
