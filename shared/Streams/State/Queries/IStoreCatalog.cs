namespace KafkaFunctions.Streams.State.Queries;

/// <summary>The stores of an application's functions, as the functions declare them.</summary>
public interface IStoreCatalog
{
    /// <summary>Name of the application, as stores know it.</summary>
    string Application { get; }

    /// <summary>The stores, by name.</summary>
    IReadOnlyList<DeclaredStore> Stores { get; }
}
