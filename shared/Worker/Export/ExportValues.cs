using System.Globalization;

namespace KafkaFunctions.Worker.Export;

/// <summary>Says what is wrong with values of OpenTelemetry's settings that its SDK takes no notice of, or ends the process at.</summary>
/// <param name="value">The value of a setting; null where it has none.</param>
internal sealed class ExportValues(Func<string, string?> value)
{
    private const string PemMark = "-----BEGIN ";

    private static readonly string[] Counts =
    [
        "OTEL_METRIC_EXPORT_INTERVAL",
        "OTEL_METRIC_EXPORT_TIMEOUT",
        "OTEL_BSP_SCHEDULE_DELAY",
        "OTEL_BSP_EXPORT_TIMEOUT",
        "OTEL_BSP_MAX_QUEUE_SIZE",
        "OTEL_BSP_MAX_EXPORT_BATCH_SIZE",
        "OTEL_BLRP_SCHEDULE_DELAY",
        "OTEL_BLRP_EXPORT_TIMEOUT",
        "OTEL_BLRP_MAX_QUEUE_SIZE",
        "OTEL_BLRP_MAX_EXPORT_BATCH_SIZE",
    ];

    /// <summary>What is wrong, each with the fix.</summary>
    public IEnumerable<string> Errors()
    {
        string[] prefixes = [ExportSettingNames.Otlp(""), .. Enum.GetValues<Signal>().Select(signal => ExportSettingNames.Otlp(signal, ""))];
        return
        [
            .. Counts.Concat(prefixes.Select(prefix => prefix + "TIMEOUT")).Select(name => Check(name, IsCount, "a whole number from 1")).OfType<string>(),
            .. prefixes.Select(prefix => Check(prefix + "COMPRESSION", IsCompression, "none or gzip")).OfType<string>(),
            .. prefixes.Select(prefix => CheckSecret(prefix + "HEADERS", AreHeaders, "name=value, several separated by commas")).OfType<string>(),
            .. from prefix in prefixes
               from name in (string[])["CERTIFICATE", "CLIENT_CERTIFICATE", "CLIENT_KEY"]
               let error = Check(prefix + name, IsPem, "a PEM file that can be read")
               where error is not null
               select error,
        ];
    }

    private static bool IsCount(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0;

    private static bool IsCompression(string text) => text is "none" or "gzip";

    private static bool AreHeaders(string text) =>
        text.Split(',', StringSplitOptions.RemoveEmptyEntries).All(header => header.IndexOf('=', StringComparison.Ordinal) > 0);

    private static bool IsPem(string path)
    {
        try
        {
            return File.ReadAllText(path).Contains(PemMark, StringComparison.Ordinal);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private string? Check(string name, Func<string, bool> isUsable, string usable) =>
        value(name) is { } text && !isUsable(text) ? $"{name} is '{text}'. Use {usable}." : null;

    // Headers are where keys are.
    private string? CheckSecret(string name, Func<string, bool> isUsable, string usable) =>
        value(name) is { } text && !isUsable(text) ? $"{name} cannot be used. Write {usable}." : null;
}
