using k8s.Models;
using KafkaFunctions.Deploy.Tests.Containers;
using KafkaFunctions.SelfHost.Http;

namespace KafkaFunctions.Deploy.Tests.Kubernetes;

public sealed class WorkloadTests
{
    public static TheoryData<string> Overlays => ["kafka", "embedded"];

    [Theory]
    [MemberData(nameof(Overlays))]
    public void Probes_AskTheHostsOwnPaths(string overlay)
    {
        var container = ContainerOf(overlay);

        Assert.Equal(HealthPaths.Live, container.StartupProbe.HttpGet.Path);
        Assert.Equal(HealthPaths.Live, container.LivenessProbe.HttpGet.Path);
        Assert.Equal(HealthPaths.Ready, container.ReadinessProbe.HttpGet.Path);
        var port = Assert.Single(container.Ports);
        Assert.Equal(ListenAddress.DefaultPort, port.ContainerPort);
        Assert.All([container.StartupProbe, container.LivenessProbe, container.ReadinessProbe], probe => Assert.Equal(port.Name, probe.HttpGet.Port.Value));
    }

    [Theory]
    [MemberData(nameof(Overlays))]
    public void Pod_HasTimeForWhatTheHostEnds(string overlay)
    {
        var pod = PodOf(overlay);

        var waits = TimeSpan.FromSeconds(pod.Spec.Containers[0].Lifecycle.PreStop.Sleep.Seconds);
        Assert.True(TimeSpan.FromSeconds(pod.Spec.TerminationGracePeriodSeconds!.Value) > waits + App.ShutdownTimeout);
    }

    [Theory]
    [MemberData(nameof(Overlays))]
    public void Pod_IsRestricted(string overlay)
    {
        var pod = PodOf(overlay).Spec;
        var container = pod.Containers[0].SecurityContext;

        Assert.True(pod.SecurityContext.RunAsNonRoot);
        Assert.Equal(DockerfileTests.User, $"{pod.SecurityContext.RunAsUser}");
        Assert.Equal(DockerfileTests.User, $"{pod.SecurityContext.FsGroup}");
        Assert.Equal("RuntimeDefault", pod.SecurityContext.SeccompProfile.Type);
        Assert.False(container.AllowPrivilegeEscalation);
        Assert.True(container.ReadOnlyRootFilesystem);
        Assert.Equal(["ALL"], container.Capabilities.Drop);
        Assert.False(pod.AutomountServiceAccountToken);
    }

    [Theory]
    [MemberData(nameof(Overlays))]
    public void Pod_WritesWhereTheImageKeepsItsData(string overlay) =>
        Assert.Contains(
            ContainerOf(overlay).VolumeMounts,
            mount => mount.MountPath == Assert.Single(DockerfileInstructions.OfImage("VOLUME")) && mount.Name == "data");

    [Theory]
    [MemberData(nameof(Overlays))]
    public void Pod_IsScrapedWhereTheHostHasMetrics(string overlay)
    {
        var annotations = PodOf(overlay).Metadata.Annotations;

        Assert.Equal("true", annotations["prometheus.io/scrape"]);
        Assert.Equal($"{ListenAddress.DefaultPort}", annotations["prometheus.io/port"]);
        Assert.Equal(HealthPaths.Metrics, annotations["prometheus.io/path"]);
        Assert.Equal(HealthPaths.Metrics, Yaml.Document($"{Manifests.Folder}/components/pod-monitor/podmonitor.yaml").Text("spec", "podMetricsEndpoints", "0", "path"));
    }

    [Theory]
    [MemberData(nameof(Overlays))]
    public void Pod_HasResources(string overlay)
    {
        var resources = ContainerOf(overlay).Resources;

        Assert.Contains("cpu", resources.Requests.Keys);
        Assert.Contains("memory", resources.Requests.Keys);
        Assert.Contains("memory", resources.Limits.Keys);
    }

    [Theory]
    [MemberData(nameof(Overlays))]
    public void Pod_TakesItsSettingsFromTheOverlayAndTheSecret(string overlay)
    {
        var sources = ContainerOf(overlay).EnvFrom;
        var generated = Yaml.Document($"{Manifests.Folder}/overlays/{overlay}/kustomization.yaml").Text("configMapGenerator", "0", "name");

        Assert.Equal(generated, sources.Single(source => source.ConfigMapRef is not null).ConfigMapRef.Name);
        Assert.Equal("kafkafunctions", sources.Single(source => source.SecretRef is not null).SecretRef.Name);
    }

    [Theory]
    [MemberData(nameof(Overlays))]
    public void Settings_AreThoseThatAreRead(string overlay) =>
        Assert.All(Manifests.Settings(overlay).Keys, name => Assert.True(App.Reads(name), $"Nothing reads the setting '{name}'."));

    [Fact]
    public void Containers_OfBothOverlays_AreTheSame() =>
        Assert.Equal(k8s.KubernetesYaml.Serialize(ContainerOf("kafka")), k8s.KubernetesYaml.Serialize(ContainerOf("embedded")));

    [Fact]
    public void Embedded_IsOneReplicaWithADisk()
    {
        Assert.Equal(1, Manifests.StatefulSet.Spec.Replicas);
        Assert.Equal("data", Assert.Single(Manifests.StatefulSet.Spec.VolumeClaimTemplates).Metadata.Name);
    }

    [Fact]
    public void Kafka_KeepsStateWhereEveryReplicaReachesIt()
    {
        // Files of a pod would be another replica's nothing.
        Assert.Contains(Manifests.Settings("kafka").Keys, name => name.StartsWith("StateStorage", StringComparison.Ordinal));
        Assert.NotEqual("embedded", Manifests.Settings("kafka").GetValueOrDefault("StateStorage"));
        Assert.NotEqual("embedded", Manifests.Settings("kafka")["BrokerList"]);
    }

    [Fact]
    public void Budget_LetsANodeBeDrainedWithOneReplica()
    {
        var budget = Manifests.Only<V1PodDisruptionBudget>("overlays/kafka/poddisruptionbudget.yaml");

        Assert.Equal("1", budget.Spec.MaxUnavailable.Value);
        Assert.Null(budget.Spec.MinAvailable);
        Assert.Equal(Manifests.Deployment.Spec.Selector.MatchLabels, budget.Spec.Selector.MatchLabels);
    }

    [Theory]
    [MemberData(nameof(Overlays))]
    public void Service_LeadsToTheHostsPort(string overlay) =>
        Assert.Equal(
            Assert.Single(ContainerOf(overlay).Ports).Name,
            Assert.Single(Manifests.Only<V1Service>("base/service.yaml").Spec.Ports).TargetPort.Value);

    private static V1PodTemplateSpec PodOf(string overlay) =>
        overlay == "kafka" ? Manifests.Deployment.Spec.Template : Manifests.StatefulSet.Spec.Template;

    private static V1Container ContainerOf(string overlay) => Assert.Single(PodOf(overlay).Spec.Containers);
}
