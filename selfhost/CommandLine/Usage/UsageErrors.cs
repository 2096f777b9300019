using System.CommandLine;
using System.CommandLine.Parsing;

namespace KafkaFunctions.SelfHost.CommandLine.Usage;

/// <summary>Finds what is wrong with a command line and what was probably meant.</summary>
internal static class UsageErrors
{
    /// <summary>What is wrong, one line each; empty where nothing is.</summary>
    public static IReadOnlyList<string> Find(ParseResult parsed)
    {
        var command = parsed.CommandResult;
        var unknown = UnknownTokens(parsed).ToList();
        if (unknown.Count > 0)
        {
            // The value of an unknown option is unmatched as well; to name it would only distract.
            var options = unknown.Where(IsOptionLike).ToList();
            return [.. (options.Count > 0 ? options : unknown).Distinct().Select(token => Describe(token, command.Command))];
        }

        var missing = command.Command.Arguments
            .Where(argument => argument.Arity.MinimumNumberOfValues > (parsed.GetResult(argument)?.Tokens.Count ?? 0))
            .Select(argument => $"{argument.Name} is missing: {argument.Description}")
            .ToList();
        return missing.Count > 0 ? missing : [.. parsed.Errors.Select(error => error.Message).Concat(MisplacedOptions(command)).Distinct()];
    }

    /// <summary>The parser takes an option that it does not know for a positional argument where one is open.</summary>
    private static IEnumerable<string> UnknownTokens(ParseResult parsed)
    {
        var taken = parsed.CommandResult.Children.OfType<ArgumentResult>()
            .SelectMany(argument => argument.Tokens)
            .Select(token => token.Value)
            .Where(IsOptionLike);
        return parsed.Tokens.Any(token => token.Type == TokenType.DoubleDash) ? parsed.UnmatchedTokens : taken.Concat(parsed.UnmatchedTokens);
    }

    private static IEnumerable<string> MisplacedOptions(CommandResult command)
    {
        for (var parent = command.Parent as CommandResult; parent is not null; parent = parent.Parent as CommandResult)
        {
            foreach (var option in parent.Children.OfType<OptionResult>().Where(option => !option.Implicit && !option.Option.Recursive))
            {
                yield return $"{option.Option.Name} is no option of '{command.Command.Name}'.";
            }
        }
    }

    private static string Describe(string token, Command command)
    {
        var place = command is RootCommand ? "" : $" of '{command.Name}'";
        if (IsOptionLike(token))
        {
            var name = token.Split('=', ':')[0];
            return $"Unknown option '{name}'{place}.{DidYouMean(name, command.Options.Select(option => option.Name).Append("--help"))}";
        }

        return command.Arguments.Count == 0 && command.Subcommands.Count > 0
            ? $"Unknown command '{token}'{place}.{DidYouMean(token, command.Subcommands.Select(sub => sub.Name))}"
            : $"Unexpected argument '{token}'{place}.";
    }

    private static string DidYouMean(string word, IEnumerable<string> candidates) =>
        Suggestion.Nearest(word, candidates) is { } nearest ? $" Did you mean '{nearest}'?" : "";

    private static bool IsOptionLike(string token) => token.Length > 1 && token[0] == '-' && !char.IsAsciiDigit(token[1]);
}
