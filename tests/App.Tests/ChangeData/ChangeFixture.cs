using static KafkaFunctions.App.Tests.TestRecords;

namespace KafkaFunctions.App.Tests.ChangeData;

/// <summary>Records that Debezium has written for the same changes in different settings.</summary>
internal static class ChangeFixture
{
    /// <summary>Names of the files, without the ending.</summary>
    public static TheoryData<string> Names { get; } = ["debezium", "debezium-schemas", "unwrapped", "unwrapped-schemas"];

    /// <summary>Keys and values of a file, in order.</summary>
    public static IReadOnlyList<(byte[] Key, byte[]? Value)> Read(string name) =>
    [
        .. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "ChangeData", "Fixtures", name + ".tsv"))
            .Select(line => line.Split('\t'))
            .Select(parts => (Utf8(parts[0]), parts[1] == "null" ? null : Utf8(parts[1]))),
    ];
}
