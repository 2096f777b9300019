using System.Text.Json.Serialization;

namespace KafkaFunctions.App.ChangeData;

/// <summary>A row of the shop's table of customers; its fields are the table's columns. Columns that are not here are read over.</summary>
internal sealed record Customer
{
    /// <summary>Primary key.</summary>
    [JsonPropertyName("id")]
    public required long Id { get; init; }

    /// <summary>Given name.</summary>
    [JsonPropertyName("first_name")]
    public string? FirstName { get; init; }

    /// <summary>Family name.</summary>
    [JsonPropertyName("last_name")]
    public string? LastName { get; init; }

    /// <summary>Address for mail.</summary>
    [JsonPropertyName("email")]
    public string? Email { get; init; }

    /// <summary>Country, as two letters.</summary>
    [JsonPropertyName("country")]
    public string? Country { get; init; }

    /// <summary>When the shop last changed the row, as the change log has it: ISO 8601 for a column with time zone, else a number
    /// whose unit the connector's settings decide (Debezium: microseconds since 1970; <c>time.precision.mode=connect</c> and the
    /// JDBC connector: milliseconds). The unit stands in the schema alone, which may be absent, so the number is kept as it is.</summary>
    [JsonPropertyName("updated_at")]
    [JsonConverter(typeof(TextOrNumberConverter))]
    public string? UpdatedAt { get; init; }

    /// <summary>Given name and family name, as far as they are known; null where neither is.</summary>
    [JsonIgnore]
    public string? Name => (FirstName, LastName) switch
    {
        (null, var last) => last,
        (var first, null) => first,
        var (first, last) => $"{first} {last}",
    };
}
