namespace KafkaFunctions.Bench.Cost;

/// <summary>What some batches cost.</summary>
/// <param name="Name">Which batches.</param>
/// <param name="Buckets">Buckets of the store.</param>
/// <param name="Batches">How many batches.</param>
/// <param name="Transactions">State transactions.</param>
/// <param name="MostTransactions">Those of the dearest batch.</param>
/// <param name="Rows">Rows in them.</param>
/// <param name="MostRows">Those of the dearest batch.</param>
/// <param name="Progress">Progress transactions.</param>
/// <param name="Reads">Rows read.</param>
internal sealed record CostPhase(
    string Name, int Buckets, int Batches, long Transactions, long MostTransactions, long Rows, long MostRows, long Progress, long Reads)
{
    /// <summary>State transactions per batch of 1,000 records.</summary>
    public double TransactionsPerBatch => (double)Transactions / Batches;
}
