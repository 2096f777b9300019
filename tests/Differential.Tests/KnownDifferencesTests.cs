using KafkaFunctions.Differential.Tests.Driver;
using KafkaFunctions.Reference;
using KafkaFunctions.Reference.Cases;
using KafkaFunctions.Reference.Comparison;

namespace KafkaFunctions.Differential.Tests;

/// <summary>The exceptions are real: Kafka Streams does otherwise, and the comparison notices where nothing excuses it.</summary>
public sealed class KnownDifferencesTests(KafkaStreamsRunner kafkaStreams)
{
    public static TheoryData<string> Rules => [.. KnownDifferences.OfRules.Keys];

    public static TheoryData<OwnRule> OwnRules => [.. KnownDifferences.OfOwnRules.Keys];

    [Theory]
    [MemberData(nameof(Rules))]
    public void Run_RuleThatKafkaStreamsLacks_IsNoticed(string rule)
    {
        var (text, rules) = KnownDifferences.OfRules[rule];
        var testCase = CaseText.Parse(text);

        Assert.Null(CaseSampling.OfUpdates(new ReferenceRunner(ReferenceRules.KafkaStreams), kafkaStreams, hasOwnRules: false).Difference(testCase));
        Assert.NotNull(CaseSampling.OfUpdates(new ReferenceRunner(rules), kafkaStreams, hasOwnRules: false).Difference(testCase));
    }

    [Theory]
    [MemberData(nameof(OwnRules))]
    public void Run_OwnRule_IsToldAndNoticed(OwnRule rule)
    {
        var testCase = CaseText.Parse(KnownDifferences.OfOwnRules[rule]);
        var reference = new ReferenceRunner(ReferenceRules.KafkaStreams);

        Assert.Equal([rule], reference.Run(testCase).OwnRules.Select(use => use.Rule).Distinct());
        Assert.Null(CaseSampling.OfUpdates(reference, kafkaStreams, hasOwnRules: false).Difference(testCase));
        Assert.NotNull(CaseSampling.OfUpdates(reference, kafkaStreams, hasOwnRules: true).Difference(testCase));
    }
}
