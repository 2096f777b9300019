using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;

namespace KafkaFunctions.Tables;

/// <summary>How state on Azure Tables is read and written. Where it is kept is <see cref="StateStorageSettings"/>.</summary>
public sealed partial class TableStateOptions
{
    /// <summary>Section of the settings: <c>TableState__Patience</c> and so on.</summary>
    public const string SectionName = "TableState";

    /// <summary>What names of tables begin with: letters and digits, lower case, the first a letter, 16 at most. Default <c>kf</c>. Not to be
    /// changed where there is state: it would not be found.</summary>
    public string TablePrefix { get; set; } = "kf";

    /// <summary>How long a call repeats what fails or is throttled before it gives up and the batch is run again. Default 3
    /// minutes: below the 5 after which Kafka takes partitions from a consumer that is not heard of.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan Patience { get; set; } = TimeSpan.FromMinutes(3);

    /// <summary>How long one request may take. Default 35 seconds: the service itself gives up after 30.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(35);

    /// <summary>Most requests to one account at a time. Default 128.</summary>
    [Range(1, 4096)]
    public int MaxConcurrentRequests { get; set; } = 128;

    /// <exception cref="StateSettingsException">The prefix cannot begin a table's name.</exception>
    internal void Check()
    {
        if (!Prefix().IsMatch(TablePrefix))
        {
            throw new StateSettingsException([$"{SectionName}__{nameof(TablePrefix)} is '{TablePrefix}'. Use 1 to 16 lower-case letters and digits, the first a letter."]);
        }
    }

    [GeneratedRegex("^[a-z][a-z0-9]{0,15}\\z")]
    private static partial Regex Prefix();
}
