namespace KafkaFunctions.Tables;

/// <summary>Spaces the requests to a bucket (a partition of a table) once the service has refused one for their number. Until then it
/// only counts. Safe for concurrent use.</summary>
/// <remarks>A refusal does not tell whether the bucket or the account has too much. Each bucket goes by its own refusals: where it is
/// the account, its buckets find their shares as connections on one line do.</remarks>
internal sealed class BucketPacer(TimeProvider time) : IDisposable
{
    // Enough for a clock that ticks late, not enough to look like more than the rate.
    private const double BurstSeconds = 0.06;

    // While someone waits the rate may change.
    private static readonly TimeSpan LongestNap = TimeSpan.FromMilliseconds(100);

    private readonly Lock _lock = new();
    private readonly RateMeter _taken = new(time);
    private readonly SemaphoreSlim _turn = new(1, 1);
    private volatile RateCurve? _curve;
    private long _refusedAt;
    private long? _curveFrom;
    private double _allowance;
    private long _allowanceAt;

    /// <summary>Rows per second; null where nothing is held back.</summary>
    public double? Rate
    {
        get
        {
            lock (_lock)
            {
                return _curve?.At(Age());
            }
        }
    }

    /// <summary>Waits until rows may be sent; who came first goes first.</summary>
    public async ValueTask WaitAsync(int rows, CancellationToken cancellationToken)
    {
        if (_curve is null)
        {
            return;
        }

        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            while (TryTake(rows) is { } nap)
            {
                await Task.Delay(nap < LongestNap ? nap : LongestNap, time, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>The service has taken rows.</summary>
    public void Taken(int rows)
    {
        lock (_lock)
        {
            _taken.Add(rows);
        }
    }

    /// <summary>The service has refused a request for its number.</summary>
    /// <param name="sentAt">Timestamp of when it was sent.</param>
    /// <returns>Whether the pace was changed: what was sent before the last change says nothing about it.</returns>
    public bool Refused(long sentAt)
    {
        lock (_lock)
        {
            if (_curve is { } curve)
            {
                if (sentAt < _refusedAt)
                {
                    return false;
                }

                _curve = curve.Next(Age(), _taken.Rate());
            }
            else
            {
                _curve = RateCurve.First(_taken.Rate());
                (_allowance, _allowanceAt) = (0, time.GetTimestamp());
            }

            _refusedAt = time.GetTimestamp();
            _curveFrom = null;
            return true;
        }
    }

    public void Dispose() => _turn.Dispose();

    /// <summary>A curve begins with the first request that goes by it: pauses that the service asks for teach nothing.</summary>
    private TimeSpan Age() => _curveFrom is { } from ? time.GetElapsedTime(from) : TimeSpan.Zero;

    /// <summary>Takes rows from the allowance, into debt if need be, so that large requests pass at any rate.</summary>
    /// <returns>How long to wait and try again; null where they are taken.</returns>
    private TimeSpan? TryTake(int rows)
    {
        lock (_lock)
        {
            if (_curve is not { } curve || time.GetElapsedTime(_refusedAt) > RateCurve.Lifetime)
            {
                _curve = null;
                return null;
            }

            var now = time.GetTimestamp();
            _curveFrom ??= now;
            var rate = curve.At(Age());
            _allowance = Math.Min(_allowance + (time.GetElapsedTime(_allowanceAt, now).TotalSeconds * rate), rate * BurstSeconds);
            _allowanceAt = now;
            if (_allowance < 0)
            {
                return TimeSpan.FromSeconds(-_allowance / rate) + TimeSpan.FromMilliseconds(1);
            }

            _allowance -= rows;
            return null;
        }
    }
}
