using System.CommandLine;
using System.CommandLine.Parsing;
using KafkaFunctions.Streams.State;

namespace KafkaFunctions.SelfHost.CommandLine.State;

/// <summary>The argument that names a store.</summary>
internal static class StoreArgument
{
    public static Argument<string> Create() => new("STORE") { Description = "The store to read.", CustomParser = Parse };

    private static string? Parse(ArgumentResult result)
    {
        var name = result.Tokens[0].Value;
        try
        {
            StateRules.CheckName(name);
            return name;
        }
        catch (ArgumentException)
        {
            result.AddError($"'{name}' is no name of a store: {StateRules.MinNameLength} to {StateLimits.MaxNameLength} of a-z, 0-9 and '-', the first a letter.");
            return null;
        }
    }
}
