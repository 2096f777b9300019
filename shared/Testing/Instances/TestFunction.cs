using Microsoft.Azure.Functions.Worker;

namespace KafkaFunctions.Testing.Instances;

/// <summary>A function with a Kafka trigger.</summary>
/// <param name="name">Its name.</param>
/// <param name="topic">The topic that it reads.</param>
/// <param name="group">Its consumer group.</param>
internal abstract class TestFunction(string name, string topic, string group)
{
    public string Name => name;

    public string Topic => topic;

    public string Group => group;

    /// <summary>Runs one batch, with its middleware; when it returns, all outputs are acknowledged.</summary>
    public abstract Task InvokeAsync(AppInstance instance, KafkaRecord[] records, CancellationToken cancellationToken);
}
