namespace KafkaFunctions.Streams.State;

/// <summary>The place where stores are kept: a storage account or several, a SQLite file, memory. Safe for concurrent use.</summary>
public interface IStateStorage : IAsyncDisposable
{
    /// <summary>Opens a store; creates it where it is not there. What is in it is not looked at.</summary>
    /// <param name="name">3 to <see cref="StateLimits.MaxNameLength"/> of <c>a-z 0-9 -</c>, the first a letter.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns>Always the same object for a name.</returns>
    /// <exception cref="ArgumentException">The name breaks the rule.</exception>
    /// <exception cref="StateUnavailableException">The storage does not answer.</exception>
    /// <exception cref="StateAccessException">The storage refuses the credentials.</exception>
    ValueTask<IStateStore> OpenAsync(string name, CancellationToken cancellationToken);

    /// <summary>Names of the stores that are there, sorted.</summary>
    Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Deletes a store with all its rows. Where that takes several steps, progress goes with the first: a function that
    /// starts on what is left counts anew, by what its rows have applied.</summary>
    /// <returns>False where it was not there.</returns>
    Task<bool> DeleteAsync(string name, CancellationToken cancellationToken);
}
