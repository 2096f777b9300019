using KafkaFunctions.Monitoring.Tests.Files;

namespace KafkaFunctions.Monitoring.Tests.Dashboards;

/// <summary>That the files find each other in the containers.</summary>
public sealed class ProvisioningTests
{
    [Fact]
    public void Compose_MountsWhatTheProgramsRead()
    {
        var compose = Yaml.Read(MonitoringFiles.Compose);
        var mounts = compose.Items("services", "grafana", "volumes").Concat(compose.Items("services", "prometheus", "volumes"))
            .Select(mount => mount.ToString().Split(':'))
            .ToDictionary(parts => parts[1], parts => parts[0]);
        var provider = Yaml.Read(Path.Combine(MonitoringFiles.Grafana, "provisioning", "dashboards", "kafkafunctions.yml")).Items("providers").Single();

        Assert.Equal("./grafana/dashboards", mounts[provider.Text("options", "path")]);
        Assert.Equal("./grafana/provisioning", mounts["/etc/grafana/provisioning"]);
        Assert.Equal("./prometheus", mounts["/etc/prometheus"]);
        Assert.Equal($"{provider.Text("options", "path")}/pipeline.json", compose.Text("services", "grafana", "environment", "GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH"));
        Assert.All(
            mounts.Values.Where(source => source.StartsWith('.')),
            source => Assert.True(Directory.Exists(Path.Combine(Path.GetDirectoryName(MonitoringFiles.Compose)!, source)), $"{source} is not there."));
    }

    [Fact]
    public void Compose_OpensItsPortsToThisMachineOnly()
    {
        var compose = Yaml.Read(MonitoringFiles.Compose);
        var ports = compose.Items("services", "grafana", "ports").Concat(compose.Items("services", "prometheus", "ports")).Select(port => port.ToString()).ToList();

        Assert.Equal(["127.0.0.1:3000:3000", "127.0.0.1:9090:9090"], ports);
    }

    // $__rate_interval follows from the data source's interval: were it shorter than the scrape interval, graphs would have holes.
    [Fact]
    public void DataSource_KnowsTheScrapeInterval()
    {
        var source = Yaml.Read(Path.Combine(MonitoringFiles.Grafana, "provisioning", "datasources", "prometheus.yml")).Items("datasources").Single();
        var prometheus = Yaml.Read(Path.Combine(MonitoringFiles.Prometheus, "prometheus.yml"));

        Assert.Equal(prometheus.Text("global", "scrape_interval"), source.Text("jsonData", "timeInterval"));
        Assert.Equal("http://prometheus:9090", source.Text("url"));
        Assert.NotNull(Yaml.Read(MonitoringFiles.Compose).At("services", "prometheus"));
    }
}
