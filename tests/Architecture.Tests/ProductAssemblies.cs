using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace KafkaFunctions.Architecture.Tests;

/// <summary>The product's assemblies as they lie beside this test; read, not loaded.</summary>
internal static class ProductAssemblies
{
    public const string Prefix = "KafkaFunctions.";

    public static string[] Names { get; } =
    [
        .. Directory.GetFiles(AppContext.BaseDirectory, Prefix + "*.dll")
            .Select(file => Path.GetFileNameWithoutExtension(file))
            .Where(name => !name.EndsWith(".Tests", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];

    public static string[] ReferencesOf(string assembly) => Read(assembly, metadata =>
        metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name)).ToArray());

    /// <summary>Namespaces of the types that others can use.</summary>
    public static string[] PublicNamespacesOf(string assembly) => Read(assembly, metadata => metadata.TypeDefinitions
        .Select(metadata.GetTypeDefinition)
        .Where(type => (type.Attributes & System.Reflection.TypeAttributes.VisibilityMask) == System.Reflection.TypeAttributes.Public)
        .Select(type => metadata.GetString(type.Namespace))
        .Distinct()
        .ToArray());

    private static T Read<T>(string assembly, Func<MetadataReader, T> read)
    {
        using var file = new PEReader(File.OpenRead(Path.Combine(AppContext.BaseDirectory, assembly + ".dll")));
        return read(file.GetMetadataReader());
    }
}
