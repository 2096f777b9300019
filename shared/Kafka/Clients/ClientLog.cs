using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace KafkaFunctions.Kafka;

/// <summary>Takes the Kafka clients' own log lines, which would otherwise go to the error output.</summary>
internal sealed partial class ClientLog(ILogger logger)
{
    // Facilities of lines that BrokerWatch tells better (lost connections), or that are no news.
    private static readonly string[] Quiet = ["FAIL", "ERROR", "REQTMOUT", "FATAL", "CONFWARN", "CLOSE", "OFFSET", "GETPID"];

    public void Write(LogMessage message) => Write((int)message.Level, message.Name, message.Facility, message.Message);

    /// <param name="level">Syslog's level, 0 (emergency) to 7 (debug).</param>
    /// <param name="client">Name of the client instance.</param>
    /// <param name="facility">librdkafka's short name for the kind of line.</param>
    /// <param name="message">The line.</param>
    public void Write(int level, string client, string facility, string message)
    {
        var logLevel = level <= (int)SyslogLevel.Warning && Array.IndexOf(Quiet, facility) < 0 ? LogLevel.Warning : LogLevel.Debug;
        ClientLine(logger, logLevel, client, facility, message);
    }

    [LoggerMessage(EventId = 3000, Message = "{Client} {Facility}: {Line}")]
    private static partial void ClientLine(ILogger logger, LogLevel level, string client, string facility, string line);
}
