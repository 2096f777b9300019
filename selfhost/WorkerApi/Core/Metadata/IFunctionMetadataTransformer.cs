namespace Microsoft.Azure.Functions.Worker.Core.FunctionMetadata;

/// <summary>Changes what the worker tells the host about its functions.</summary>
public interface IFunctionMetadataTransformer
{
    /// <summary>The transformer's name, for logs.</summary>
    string Name { get; }

    /// <summary>Changes the list, or what is in it.</summary>
    /// <param name="original">All functions.</param>
    void Transform(IList<IFunctionMetadata> original);
}
