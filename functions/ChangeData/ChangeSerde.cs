using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using KafkaFunctions.Streams.Serialization;

namespace KafkaFunctions.App.ChangeData;

/// <summary>Values of a change log as the rows they leave behind: null where the row is gone, and for a message in the log, whose
/// key <see cref="ChangeKeySerde"/> reads as null. Writes plain rows.</summary>
internal sealed class ChangeSerde<T>(JsonTypeInfo<T> row) : ISerde<T?>, IPayloadFormat
    where T : class
{
    /// <inheritdoc/>
    public PayloadFormat Format => PayloadFormat.Json;

    /// <inheritdoc/>
    public T? Deserialize(byte[]? bytes)
    {
        if (bytes is null)
        {
            return null;
        }

        var change = ChangeReader.Read(bytes);
        return change.Kind == ChangeKind.Upsert ? JsonText.Read(bytes, change.Row, change.Path, row) : null;
    }

    /// <inheritdoc/>
    public byte[]? Serialize(T? value) => value is null ? null : JsonSerializer.SerializeToUtf8Bytes(value, row);
}
