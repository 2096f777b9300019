namespace KafkaFunctions.Reference.Cases;

/// <summary>One that runs cases: the reference, Kafka Streams, the product.</summary>
public interface ICaseRunner
{
    /// <summary>Runs a case from an empty state.</summary>
    CaseResult Run(Case testCase);
}
