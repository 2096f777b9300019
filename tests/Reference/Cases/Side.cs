namespace KafkaFunctions.Reference.Cases;

/// <summary>The input that a record belongs to. Operators of one input have the left one alone.</summary>
public enum Side
{
    Left,
    Right,
}
