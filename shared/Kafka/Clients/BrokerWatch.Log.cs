using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace KafkaFunctions.Kafka;

internal sealed partial class BrokerWatch
{
    [LoggerMessage(EventId = 3001, Level = LogLevel.Warning, Message = "No Kafka broker answers at {BrokerList} ({Reason}). Reading and publishing wait and go on as soon as one does. If this lasts, check BrokerList and KafkaSecurityProtocol.")]
    private static partial void NoBrokerAnswers(ILogger logger, string brokerList, string reason);

    [LoggerMessage(EventId = 3002, Level = LogLevel.Error, Message = "The Kafka broker at {BrokerList} refuses the credentials ({Reason}). Check KafkaUsername, KafkaPassword and KafkaSaslMechanism.")]
    private static partial void CredentialsAreRefused(ILogger logger, string brokerList, string reason);

    [LoggerMessage(EventId = 3003, Level = LogLevel.Information, Message = "A Kafka broker answers again at {BrokerList}, after {Seconds:F0} s. Reading and publishing go on.")]
    private static partial void BrokerIsBack(ILogger logger, string brokerList, double seconds);

    [LoggerMessage(EventId = 3004, Level = LogLevel.Debug, Message = "Kafka client error {Code}: {Reason}")]
    private static partial void ClientError(ILogger logger, ErrorCode code, string reason);
}
