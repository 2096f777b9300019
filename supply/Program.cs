using System.CommandLine;
using KafkaFunctions.Supply;
using KafkaFunctions.Supply.Notices;
using KafkaFunctions.Supply.Published;
using KafkaFunctions.Supply.Sbom;

var check = new Option<bool>("--check") { Description = "Write nothing; fail when the page is not what the lock files say." };
var notices = new Command("notices", "Write THIRD-PARTY-NOTICES.md from the lock files and the packages' own licences.") { check };
notices.SetAction(parsed => Run(() => NoticesCommand.Run(Repository.Find(), parsed.GetValue(check), Console.Out)));

var output = new Option<DirectoryInfo>("--output")
{
    Description = "Folder of the file kafkafunctions.cdx.json.",
    DefaultValueFactory = _ => new DirectoryInfo(Path.Combine(Repository.Find().Root, "artifacts", "sbom")),
};
var sbom = new Command("sbom", "Write the bill of materials of the app (CycloneDX, JSON), and check that it is complete.") { output };
sbom.SetAction((parsed, stop) => RunAsync(() => SbomCommand.RunAsync(Repository.Find(), parsed.GetValue(output)!, Console.Out, stop)));

var folder = new Argument<DirectoryInfo>("folder") { Description = "Where 'dotnet publish functions' wrote to." };
var published = new Command("published", "Check that a published app has the packages of the lock file, with their hashes.") { folder };
published.SetAction(parsed => Run(() => PublishedCommand.Run(Repository.Find(), parsed.GetValue(folder)!, Console.Out)));

return await new RootCommand("What KafkaFunctions is made of.") { notices, sbom, published }.Parse(args).InvokeAsync();

static int Run(Action command)
{
    try
    {
        command();
        return 0;
    }
    catch (SupplyException wrong)
    {
        return Fail(wrong);
    }
}

static async Task<int> RunAsync(Func<Task> command)
{
    try
    {
        await command();
        return 0;
    }
    catch (SupplyException wrong)
    {
        return Fail(wrong);
    }
}

static int Fail(SupplyException wrong)
{
    foreach (var problem in wrong.Problems)
    {
        Console.Error.WriteLine("error: " + problem);
    }

    return 1;
}
