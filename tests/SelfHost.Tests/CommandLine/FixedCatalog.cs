using KafkaFunctions.SelfHost.CommandLine.Groups;

namespace KafkaFunctions.SelfHost.Tests.CommandLine;

internal sealed class FixedCatalog(params FunctionConsumer[] consumers) : IConsumerGroupCatalog
{
    public IReadOnlyList<FunctionConsumer> Consumers => consumers;
}
