using System.Security.Cryptography;
using System.Text;
using KafkaFunctions.Supply.Packages;

namespace KafkaFunctions.Supply.Licences;

/// <summary>Which licences the project takes packages under.</summary>
internal static class LicenceRules
{
    /// <summary>Licences, by their SPDX names, that ask for no more than notices.</summary>
    private static readonly string[] Accepted = ["0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "MIT", "PostgreSQL"];

    /// <summary>Packages that name no licence but bring its text: what was read, by the text's hash, so that another text is read anew.</summary>
    private static readonly ReadLicence[] Read =
    [
        new("librdkafka.redist", "LICENSES.txt", "98755618f3ddff11", "BSD-2-Clause"),
        new("NCrontab.Signed", "COPYING.txt", "7d060c74a90ed699", "Apache-2.0"),
        new("System.Security.Cryptography.ProtectedData", "LICENSE.TXT", "cfc21f5e8bd655ae", "MIT"),
    ];

    /// <summary>The licence that a package is used under, by its SPDX name.</summary>
    /// <param name="facts">What the package says.</param>
    /// <param name="problem">Otherwise: what is wrong with it.</param>
    public static string? LicenceOf(PackageFacts facts, out string? problem)
    {
        var licence = facts.Licence ?? LicenceRead(facts);
        problem = licence switch
        {
            null => $"{facts.Package} names no licence. Read {TextsOf(facts)}, and enter what it is in LicenceRules.Read.",
            _ when !Accepted.Contains(licence, StringComparer.Ordinal) =>
                $"{facts.Package} is under '{licence}', which is not accepted. Do without it, or enter the licence in LicenceRules.Accepted.",
            _ => null,
        };
        return problem is null ? licence : null;
    }

    private static string? LicenceRead(PackageFacts facts) =>
        Read.FirstOrDefault(read => string.Equals(read.Package, facts.Package.Id, StringComparison.OrdinalIgnoreCase)
            && facts.Texts.TryGetValue(read.File, out var text) && HashOf(text) == read.Hash)?.Licence;

    private static string TextsOf(PackageFacts facts) => facts.Texts.Count == 0
        ? facts.Project ?? "its page"
        : string.Join(", ", facts.Texts.Select(text => $"{text.Key} (hash {HashOf(text.Value)})"));

    private static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16];

    private sealed record ReadLicence(string Package, string File, string Hash, string Licence);
}
