using Microsoft.Extensions.Logging;

namespace KafkaFunctions.SelfHost.Hosting;

/// <summary>Keeps server and framework from logging a failed start with its stack trace: the host tells it in a line.</summary>
internal sealed class StartupSilence
{
    public bool IsStarting { get; set; }

    public void AddTo(ILoggingBuilder logging)
    {
        logging.AddFilter("Microsoft.AspNetCore.Server.Kestrel", IsLogged);
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", IsLogged);
    }

    private bool IsLogged(LogLevel level) => level >= LogLevel.Warning && !IsStarting;
}
