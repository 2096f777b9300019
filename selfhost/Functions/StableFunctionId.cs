using System.Globalization;

namespace KafkaFunctions.SelfHost.Functions;

/// <summary>A function's id: the same in every process that runs the same build.</summary>
internal static class StableFunctionId
{
    /// <summary>The id of a function; null where nothing is known of it.</summary>
    public static string? Of(string? name, string? scriptFile, string? entryPoint)
    {
        if (name is null && scriptFile is null && entryPoint is null)
        {
            return null;
        }

        // FNV-1a: string.GetHashCode differs from process to process.
        var hash = 2166136261;
        foreach (var character in $"{name}\n{scriptFile}\n{entryPoint}")
        {
            hash = (hash ^ character) * 16777619;
        }

        return hash.ToString(CultureInfo.InvariantCulture);
    }
}
