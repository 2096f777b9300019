namespace KafkaFunctions.Reference.Generation;

/// <summary>How the next record of a case differs from those before.</summary>
internal enum RecordStep
{
    Forward,
    Tie,
    Back,
    Jump,
    Duplicate,
    Negative,
}
