using System.Globalization;
using System.Text;
using KafkaFunctions.SelfHost.CommandLine.Output;
using KafkaFunctions.Streams.State.Queries;

namespace KafkaFunctions.SelfHost.CommandLine.State;

/// <summary>Writes all entries of a store as JSON, a line each.</summary>
internal sealed class StateExport(StateReader reader, IStoreCatalog catalog, TimeProvider time, CommandConsole console)
{
    private const string PartSuffix = ".part";

    public async Task<int> RunAsync(string name, string? path, CancellationToken cancellationToken)
    {
        if (path is null)
        {
            Tell(await WriteAsync(name, console.Output, cancellationToken), name);
            return ExitStatus.Done;
        }

        try
        {
            Tell(await WriteFileAsync(name, path, cancellationToken), name);
            return ExitStatus.Done;
        }
        catch (Exception refused) when (refused is UnauthorizedAccessException or NotSupportedException)
        {
            return CommandRun.Fail(console, $"'{path}' cannot be written: {refused.Message}");
        }
    }

    private async Task<long> WriteFileAsync(string name, string path, CancellationToken cancellationToken)
    {
        var part = path + PartSuffix;
        long entries;
        try
        {
            await using var file = new StreamWriter(part, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            entries = await WriteAsync(name, file, cancellationToken);
        }
        catch
        {
            File.Delete(part);
            throw;
        }

        File.Move(part, path, overwrite: true);
        return entries;
    }

    private async Task<long> WriteAsync(string name, TextWriter output, CancellationToken cancellationToken)
    {
        var store = await StoreLookup.FindAsync(reader, catalog, name, cancellationToken);
        using var writer = new JsonLineWriter(output);
        var progress = new CountProgress(console, time, "keys");
        var entries = 0L;
        try
        {
            await foreach (var entry in reader.ReadAllAsync(name, cancellationToken))
            {
                writer.Write(entry, (json, found) => StateEntryJson.Write(json, found, store));
                progress.Show(++entries);
            }
        }
        finally
        {
            progress.Clear();
        }

        await output.FlushAsync(cancellationToken);
        return entries;
    }

    private void Tell(long entries, string name) =>
        console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Exported {entries} {(entries == 1 ? "key" : "keys")} of store '{name}'."));
}
