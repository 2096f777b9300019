namespace KafkaFunctions.TestSupport;

/// <summary>A service's limits in rows per second, of each partition and of the account. Like a bucket of tokens: what was not used
/// in the last moments may be used at once.</summary>
/// <param name="PartitionRate">Rows per second of a partition.</param>
/// <param name="AccountRate">Rows per second of the account.</param>
/// <param name="BurstSeconds">How many seconds' rows may come at once.</param>
internal sealed record FakeThrottle(double PartitionRate, double AccountRate, double BurstSeconds)
{
    private readonly Dictionary<string, Tokens> _partitions = [];
    private readonly Tokens _account = new(AccountRate, BurstSeconds);

    /// <summary>Whether rows are within the limits, which are then used. Not safe for concurrent use.</summary>
    public bool TryTake(string partition, int rows)
    {
        if (!_partitions.TryGetValue(partition, out var tokens))
        {
            _partitions[partition] = tokens = new Tokens(PartitionRate, BurstSeconds);
        }

        if (!_account.Has(rows) || !tokens.Has(rows))
        {
            return false;
        }

        _account.Take(rows);
        tokens.Take(rows);
        return true;
    }

    private sealed class Tokens(double rate, double burstSeconds)
    {
        private double _count = rate * burstSeconds;
        private long _at = TimeProvider.System.GetTimestamp();

        public bool Has(int rows)
        {
            var now = TimeProvider.System.GetTimestamp();
            _count = Math.Min(_count + (TimeProvider.System.GetElapsedTime(_at, now).TotalSeconds * rate), rate * burstSeconds);
            _at = now;
            return _count >= rows;
        }

        public void Take(int rows) => _count -= rows;
    }
}
