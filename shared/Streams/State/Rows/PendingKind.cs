namespace KafkaFunctions.Streams.State.Rows;

/// <summary>What a row has to say about a record. The numbers are a stored format.</summary>
internal enum PendingKind : byte
{
    /// <summary>Something to publish.</summary>
    Emission = 0,

    /// <summary>The record could not be applied: it is a dead letter.</summary>
    Poison = 1,

    /// <summary>The record was late; the entry's timestamp says by how much.</summary>
    Late = 2,

    /// <summary>Something to publish, of the second operator of a function that has come to the row for the record.</summary>
    SecondEmission = 3,
}
