using System.Net;
using KafkaFunctions.SelfHost.Http;

namespace KafkaFunctions.SelfHost.CommandLine.Health;

/// <summary>Asks a running app for its health.</summary>
/// <param name="address">Where it listens.</param>
/// <param name="console">Gets the answer.</param>
internal sealed class HealthQuestion(ListenAddress address, CommandConsole console)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public async Task<int> AskAsync(string path, CancellationToken cancellationToken)
    {
        var question = new UriBuilder(Uri.UriSchemeHttp, Host, address.Port, path).Uri;
        using var http = new HttpClient { Timeout = Patience };
        try
        {
            using var answer = await http.GetAsync(question, cancellationToken).ConfigureAwait(false);
            var text = await answer.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
            if (answer.IsSuccessStatusCode)
            {
                await console.Output.WriteLineAsync(text).ConfigureAwait(false);
                return ExitStatus.Done;
            }

            return CommandRun.Fail(console, $"{question} answers {(int)answer.StatusCode}: {text}");
        }
        catch (HttpRequestException unreachable)
        {
            return CommandRun.Fail(console, $"Nothing answers at {question}: {unreachable.Message} Is the app running, and on this port?");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return CommandRun.Fail(console, $"{question} has not answered within {Patience.TotalSeconds} s.");
        }
    }

    private string Host => address.Address is null || address.Address.Equals(IPAddress.IPv6Any) ? "localhost" : address.Address.ToString();
}
