using KafkaFunctions.Streams.State.Rows;

namespace KafkaFunctions.Streams.Aggregation;

/// <summary>What a row has to say about a record of the batch.</summary>
/// <param name="Work">The row.</param>
/// <param name="Entry">What the row says.</param>
/// <param name="Operation">Index of the operation that it came from; that of another one of the row where it is not in the batch.</param>
/// <param name="Input">Index of the record in the batch.</param>
/// <param name="Place">Place among all that the rows say, to keep the order of one record's.</param>
internal readonly record struct Emission(RowWork Work, PendingEntry Entry, int Operation, int Input, int Place) : IComparable<Emission>
{
    public int CompareTo(Emission other)
    {
        var order = Input.CompareTo(other.Input);
        order = order != 0 ? order : Entry.Ordinal.CompareTo(other.Entry.Ordinal);
        return order != 0 ? order : Place.CompareTo(other.Place);
    }
}
