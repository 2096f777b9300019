using System.Runtime.InteropServices;
using KafkaFunctions.SelfHost.CommandLine;
using KafkaFunctions.SelfHost.Functions;
using KafkaFunctions.SelfHost.Http;
using KafkaFunctions.SelfHost.Settings;
using KafkaFunctions.SelfHost.Triggers;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace KafkaFunctions.SelfHost.Hosting;

/// <summary>The app as its Program runs it: the host, or one command of the command line. Failures set the exit status; those
/// that are expected are told in a line, so that Program need not catch anything.</summary>
internal sealed partial class SelfHostApplication(
    WebApplication web,
    SelfHostInvocation invocation,
    HostSurroundings surroundings,
    HostConfiguration? configuration,
    SelfHostException? wrongSettings) : IHost, IAsyncDisposable
{
    private readonly ILogger<SelfHostApplication> _logger = web.Services.GetRequiredService<ILogger<SelfHostApplication>>();
    private bool _started;

    public IServiceProvider Services => web.Services;

    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            switch (invocation)
            {
                case EndNow end:
                    End(end.ExitStatus);
                    break;
                case var _ when wrongSettings is not null:
                    throw wrongSettings;
                case RunCommand command:
                    WarnOfUnknownSettings();
                    End(await RunAsync(command, cancellationToken).ConfigureAwait(false));
                    break;
                default:
                    await StartHostAsync(cancellationToken).ConfigureAwait(false);
                    break;
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (OperationCanceledException) when (_started && web.Lifetime.ApplicationStopping.IsCancellationRequested)
        {
            // Ctrl-C or SIGTERM while it starts: whoever waits for the shutdown goes on to stop what has begun.
        }
#pragma warning disable CA1031 // The outermost boundary: Program has nothing to catch.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Report(failure);
            End(failure is SelfHostException { IsWrongUsage: true } ? ExitStatus.WrongUsage : ExitStatus.Failed);
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken = default)
    {
        if (!_started)
        {
            return;
        }

        _started = false;

        // A service that dies stops the host in order, and would leave the status of a run that was well.
        if (Services.GetServices<IHostedService>().OfType<BackgroundService>().Any(service => service.ExecuteTask is { IsFaulted: true }))
        {
            surroundings.SetExitStatus(ExitStatus.Failed);
        }

        await web.StopAsync(cancellationToken).ConfigureAwait(false);
    }

    public void Dispose() => ((IDisposable)web).Dispose();

    public ValueTask DisposeAsync() => web.DisposeAsync();

    private async Task StartHostAsync(CancellationToken cancellationToken)
    {
        foreach (var name in configuration!.Local.Skipped)
        {
            LogSkipped(_logger, name);
        }

        WarnOfUnknownSettings();
        foreach (var warning in configuration.Host.Warnings)
        {
            LogWarning(_logger, warning);
        }

        // What is wrong with settings is told before anything is opened or connected.
        Services.GetService<IStartupValidator>()?.Validate();
        var index = Services.GetRequiredService<FunctionIndex>();
        if (Services.GetRequiredService<HttpRoutes>().All is [var http, ..] && Services.GetService<HttpResponseMiddleware>() is null)
        {
            throw new SelfHostException($"Function '{http.Function.Name}' has an HTTP trigger: call builder.ConfigureFunctionsWebApplication() in Program.cs.");
        }

        Services.GetRequiredService<TriggerHost>().Create(index.Functions);
        var address = Services.GetRequiredService<ListenAddress>();
        WebServer.Map(web);

        // Made before the start: what fails in a constructor leaves nothing behind that would have to be stopped.
        _ = Services.GetServices<IHostedService>();
        _started = true;
        await StartWebAsync(address, cancellationToken).ConfigureAwait(false);
    }

    private void WarnOfUnknownSettings()
    {
        foreach (var warning in configuration!.UnknownSettings(Services.GetRequiredService<KnownSettings>()))
        {
            LogWarning(_logger, warning);
        }
    }

    private async Task StartWebAsync(ListenAddress address, CancellationToken cancellationToken)
    {
        var silence = Services.GetRequiredService<StartupSilence>();
        silence.IsStarting = true;
        try
        {
            await web.StartAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (ExpectedFailure.OfListening(failure, address) is { } told)
        {
            throw told;
        }
        finally
        {
            silence.IsStarting = false;
        }
    }

    private async Task<int> RunAsync(RunCommand command, CancellationToken cancellationToken)
    {
        // The host is not started, so that nobody else listens to Ctrl-C.
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        try
        {
            return await command.Execute(Services, stopping.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return ExitStatus.Failed;
        }

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stopping.Cancel();
        }
    }

    private void Report(Exception failure)
    {
        if (ExpectedFailure.Explain(failure) is not { } lines)
        {
            LogFailure(_logger, failure);
            return;
        }

        foreach (var line in lines)
        {
            surroundings.Error.WriteLine(ExpectedFailure.Prefix + line);
        }
    }

    private void End(int exitStatus)
    {
        surroundings.SetExitStatus(exitStatus);
        web.Lifetime.StopApplication();
    }
}
