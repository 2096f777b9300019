using System.Text.Json;

namespace KafkaFunctions.SelfHost.Settings;

/// <summary>Reads a settings file; errors name the place.</summary>
internal static class JsonSettingsFile
{
    private static readonly JsonDocumentOptions Options = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <exception cref="SelfHostException">The file cannot be read, or is not a JSON object.</exception>
    public static JsonElement Read(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllText(path), Options);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? document.RootElement.Clone()
                : throw new SelfHostException($"{path}: the file must hold a JSON object ({{ … }}).");
        }
        catch (JsonException malformed)
        {
            throw new SelfHostException(
                $"{path}({malformed.LineNumber + 1},{malformed.BytePositionInLine + 1}): not valid JSON: {Reason(malformed)}", malformed);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new SelfHostException($"{path} cannot be read: {unreadable.Message}", unreadable);
        }
    }

    // The parser appends the position, counted from zero, to its text.
    private static string Reason(JsonException malformed)
    {
        var position = malformed.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return position < 0 ? malformed.Message : malformed.Message[..position];
    }
}
