namespace KafkaFunctions.Streams.State.InMemory;

/// <summary>What is done to an <see cref="InMemoryStateStorage"/>.</summary>
public enum StateOperationKind
{
    /// <summary><see cref="IStateStorage.OpenAsync"/>.</summary>
    Open,

    /// <summary><see cref="IStateStorage.ListAsync"/>.</summary>
    List,

    /// <summary><see cref="IStateStorage.DeleteAsync"/>.</summary>
    Delete,

    /// <summary><see cref="IStateStore.ReadAsync"/>.</summary>
    Read,

    /// <summary>One page of <see cref="IStateStore.ScanAsync"/>.</summary>
    Scan,

    /// <summary><see cref="IStateStore.WriteAsync"/>.</summary>
    Write,
}
