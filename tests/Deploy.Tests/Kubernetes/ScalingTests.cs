using System.Globalization;
using System.Text.Json;
using KafkaFunctions.Kafka;
using KafkaFunctions.Streams.Brokers;
using YamlDotNet.RepresentationModel;

namespace KafkaFunctions.Deploy.Tests.Kubernetes;

public sealed class ScalingTests
{
    private static readonly YamlNode Scaled = Yaml.Document($"{Manifests.Folder}/overlays/kafka/scaledobject.yaml");
    private static readonly YamlNode Authentication = Yaml.Document($"{Manifests.Folder}/components/sasl/triggerauthentication.yaml");
    private static readonly YamlNode Sasl = Yaml.Document($"{Manifests.Folder}/components/sasl/kustomization.yaml");

    private static IEnumerable<YamlNode> Triggers => Scaled.List("spec", "triggers");

    [Fact]
    public void Triggers_AreTheTopicsAndGroupsOfTheFunctions() =>
        Assert.Equal(
            App.Consumers.Select(consumer => (consumer.Topic, consumer.ConsumerGroup)).Order(),
            Triggers.Select(trigger => (trigger.Text("metadata", "topic"), trigger.Text("metadata", "consumerGroup"))).Order());

    [Fact]
    public void Triggers_AreOfKafkaWithNamesOfTheirOwn()
    {
        Assert.All(Triggers, trigger => Assert.Equal("kafka", trigger.Text("type")));
        Assert.Equal(Triggers.Count(), Triggers.Select(trigger => trigger.Text("name")).Distinct().Count());
    }

    [Fact]
    public void Triggers_AskTheAppsOwnBroker()
    {
        Assert.All(Triggers, trigger => Assert.Equal(KafkaSettingNames.BrokerList, trigger.Text("metadata", "bootstrapServersFromEnv")));
        Assert.Contains(KafkaSettingNames.BrokerList, Manifests.Settings("kafka").Keys);
    }

    [Fact]
    public void Triggers_CountRecordsAsTheHostReadsThem()
    {
        using var host = JsonDocument.Parse(RepositoryFiles.Read("host.json"));
        var reset = host.RootElement.GetProperty("extensions").GetProperty("kafka").GetProperty("autoOffsetReset").GetString()!;

        Assert.All(Triggers, trigger => Assert.Equal(reset, trigger.Text("metadata", "offsetResetPolicy"), ignoreCase: true));
        Assert.All(Triggers, trigger => Assert.True(int.Parse(trigger.Text("metadata", "lagThreshold"), CultureInfo.InvariantCulture) > 0));
    }

    [Fact]
    public void Target_IsTheDeployment()
    {
        Assert.Equal(Manifests.Deployment.Metadata.Name, Scaled.Text("spec", "scaleTargetRef", "name"));
        Assert.Null(Manifests.Deployment.Spec.Replicas);
    }

    [Fact]
    public void Replicas_AreAtMostThePartitions()
    {
        Assert.Equal(TopicSpecification.DefaultPartitions, int.Parse(Scaled.Text("spec", "maxReplicaCount"), CultureInfo.InvariantCulture));
        Assert.True(int.Parse(Scaled.Text("spec", "minReplicaCount"), CultureInfo.InvariantCulture) >= 1);
    }

    [Fact]
    public void Credentials_AreTheAppsOwn()
    {
        var keys = Authentication.List("spec", "secretTargetRef").ToDictionary(reference => reference.Text("parameter"), reference => reference.Text("key"));

        Assert.Equal(KafkaSettingNames.Username, keys["username"]);
        Assert.Equal(KafkaSettingNames.Password, keys["password"]);
    }

    [Fact]
    public void Credentials_AreShownAsTheComponentSays()
    {
        var generator = Assert.Single(Sasl.List("configMapGenerator"));
        var literals = generator.List("literals").Select(literal => literal.ToString().Split('=')[0]);

        Assert.All(Authentication.List("spec", "configMapTargetRef"), reference =>
        {
            Assert.Equal(generator.Text("name"), reference.Text("name"));
            Assert.Contains(reference.Text("key"), literals);
        });
        // KEDA does not follow kustomize's names.
        Assert.Equal("true", generator.Text("options", "disableNameSuffixHash"));
    }
}
