namespace KafkaFunctions.Infrastructure.Tests.Generated;

/// <summary>A template that follows from the code.</summary>
/// <param name="Name">Its name in the folder of generated templates.</param>
/// <param name="Write">Gives its text.</param>
internal sealed record GeneratedFile(string Name, Func<string> Write)
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<GeneratedFile> All { get; } = [new("pipeline.bicep", PipelineTemplate.Write), new("settings.bicep", SettingsTemplate.Write)];

    public string FullPath => Path.Combine(InfrastructureFiles.Folder, "generated", Name);
}
