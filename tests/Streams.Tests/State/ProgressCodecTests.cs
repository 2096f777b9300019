using CsCheck;
using KafkaFunctions.Streams.State.Progress;
using KafkaFunctions.Streams.State.Rows;

namespace KafkaFunctions.Streams.Tests.State;

public sealed class ProgressCodecTests
{
    private static readonly Gen<SourceProgress> AnyProgress =
        from numbers in Gen.Select(Gen.Long[0, long.MaxValue], Gen.Long)
        from paths in Gen.Dictionary(Gen.String, Gen.Select(Gen.Long[0, long.MaxValue].Array[1, 5], Gen.Long, (sequence, used) => new Watermark(sequence, used)))[0, 6]
        select new SourceProgress(numbers.Item1, numbers.Item2, paths);

    [Fact]
    public void Decode_OfTheReleasedFormat_GivesTheProgress() =>
        Assert.Equal("42 1000 F:0/G:1=7.0@333", Shown(ProgressCodec.Decode(Convert.FromHexString("012AD00F0107463A302F473A310207009A05"))));

    [Fact]
    public void Decode_OfWhatWasEncoded_IsTheSame() =>
        AnyProgress.Sample(progress => Assert.Equal(Shown(progress), Shown(ProgressCodec.Decode(ProgressCodec.Encode(progress)))), iter: 1_000);

    [Fact]
    public void Decode_OfANewerFormat_IsRefused() => Assert.Throws<InvalidDataException>(() => ProgressCodec.Decode([3, 0, 0, 0, 0]));

    [Fact]
    public void KeyOf_OtherFunctionTopicOrPartition_IsAnother()
    {
        var keys = new[]
        {
            ProgressCodec.KeyOf("F", new SourcePartition("t", 1)), ProgressCodec.KeyOf("F", new SourcePartition("t", 0)),
            ProgressCodec.KeyOf("Ft", new SourcePartition("", 1)), ProgressCodec.KeyOf("G", new SourcePartition("t", 1)),
        };

        Assert.Equal(4, keys.Distinct().Count());
        Assert.Equal("500146017401", keys[0].ToString());
    }

    private static string Shown(SourceProgress progress) => string.Join(' ',
    [
        $"{progress.Next} {progress.StreamTime}",
        .. progress.Watermarks.Select(pair => $"{pair.Key}={string.Join('.', pair.Value.Sequence)}@{pair.Value.LastUsed}"),
    ]);
}
