using System.Text;
using KafkaFunctions.Supply.Licences;
using KafkaFunctions.Supply.Packages;

namespace KafkaFunctions.Supply.Notices;

/// <summary>Writes the page.</summary>
internal static class NoticesPage
{
    /// <summary>The whole page.</summary>
    /// <param name="repository">Whose lock files say what is used.</param>
    /// <param name="count">How many packages it names.</param>
    /// <exception cref="SupplyException">Licences are unknown, not accepted, or without a text; all are named.</exception>
    public static string Write(Repository repository, out int count)
    {
        var app = PackageLocks.OfApp(repository.Root);
        var tools = PackageLocks.OfAll(repository.Root);
        tools.ExceptWith(app);
        count = app.Count + tools.Count;

        var problems = new List<string>();
        var published = Licensed(repository, app, problems);
        var used = Licensed(repository, tools, problems);
        var texts = TextsOf(repository, published, problems);
        if (problems.Count > 0)
        {
            throw new SupplyException(problems);
        }

        var page = new StringBuilder();
        page.Append("# Third-party notices\n\n")
            .Append("Written by `dotnet run --project supply -- notices` from the lock files and what the packages say of themselves.\n\n")
            .Append("## Published with the app\n\n");
        Table(page, published);
        page.Append("\n.NET and ASP.NET Core, which the app runs on, are under the MIT licence, Copyright (c) .NET Foundation and Contributors.\n\n")
            .Append("## Used to build and test it\n\nNot published.\n\n");
        Table(page, used);
        page.Append("\n## Texts\n");
        foreach (var (text, packages) in texts)
        {
            page.Append($"\n### {string.Join(", ", packages)}\n\n````text\n{text}````\n");
        }

        return page.ToString();
    }

    private static List<Licensed> Licensed(Repository repository, SortedSet<LockedPackage> packages, List<string> problems)
    {
        var licensed = new List<Licensed>();
        foreach (var package in packages)
        {
            var facts = PackageFacts.Read(repository.PackageFolder, package);
            if (LicenceRules.LicenceOf(facts, out var problem) is { } licence)
            {
                licensed.Add(new Licensed(facts, licence));
            }
            else
            {
                problems.Add(problem!);
            }
        }

        return licensed;
    }

    /// <summary>Each text once, with whom it is for: those of the packages that bring some, else their licence's own.</summary>
    private static List<(string Text, List<string> For)> TextsOf(Repository repository, List<Licensed> published, List<string> problems)
    {
        var texts = new List<(string Text, List<string> For)>();
        foreach (var (facts, licence) in published)
        {
            if (facts.Texts.Count == 0 && repository.StandardText(licence) is null)
            {
                problems.Add($"{facts.Package} brings no text of its licence. Write supply/Licences/Texts/{licence}.txt.");
            }
            else if (facts.Texts.Count == 0)
            {
                Add(repository.StandardText(licence)!, $"{facts.Package.Id} ({licence})");
            }

            foreach (var (file, text) in facts.Texts)
            {
                Add(text, $"{facts.Package.Id} ({file})");
            }
        }

        return texts;

        void Add(string text, string package)
        {
            if (texts.FirstOrDefault(known => known.Text == text) is { For: { } others })
            {
                others.Add(package);
            }
            else
            {
                texts.Add((text, [package]));
            }
        }
    }

    private static void Table(StringBuilder page, List<Licensed> packages)
    {
        page.Append("| Package | Version | Licence | Copyright |\n|---|---|---|---|\n");
        foreach (var (facts, licence) in packages)
        {
            var name = facts.Project is { Length: > 0 } project ? $"[{facts.Package.Id}]({project})" : facts.Package.Id;
            page.Append($"| {name} | {facts.Package.Version} | {licence} | {facts.Copyright.Replace("|", "\\|", StringComparison.Ordinal)} |\n");
        }
    }
}
