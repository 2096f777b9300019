using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Records;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Worker.Processing;
using Microsoft.Azure.Functions.Worker;

namespace KafkaFunctions.Counting;

/// <summary>Keeps the latest profile of each key; keys are any bytes.</summary>
public sealed class KeepProfiles
{
    private static readonly StreamProcessor Profiles = KStream
        .From(Serdes.Bytes, Serdes.Json(ProfileJson.Default.Profile))
        .ToTable(Serdes.Bytes, Serdes.Json(ProfileJson.Default.Profile), "profiles")
        .ToStream()
        .To(Serdes.Bytes, Serdes.Json(ProfileJson.Default.Profile));

    /// <summary>From <c>profile-changes</c> to <c>profile-updates</c>.</summary>
    [Function(nameof(KeepProfiles))]
    [KafkaOutput("%BrokerList%", "profile-updates")]
    public static async Task<OutputRecord[]> RunAsync(
        [KafkaTrigger("%BrokerList%", "profile-changes", ConsumerGroup = "keep-profiles", IsBatched = true, KeyDataType = KafkaMessageKeyType.Binary)]
        KafkaRecord[] records,
        FunctionContext context) => (await Profiles.RunAsync(records, context)).ToArray();
}
