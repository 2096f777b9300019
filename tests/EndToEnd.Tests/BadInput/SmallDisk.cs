using System.Diagnostics;

namespace KafkaFunctions.EndToEnd.Tests.BadInput;

/// <summary>A file system in memory that is soon full; removed when disposed of.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private readonly string _path;

    private SmallDisk(string path) => _path = path;

    /// <summary>Mounts it; skips the test where that is not allowed.</summary>
    public static async Task<SmallDisk> RequireAsync(string path, string size)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "A small disk is made with tmpfs, which only Linux has.");
        Directory.CreateDirectory(path);
        var error = await RunAsync("mount", "-t", "tmpfs", "-o", $"size={size}", "tmpfs", path);
        Assert.SkipWhen(error is not null, $"A small disk cannot be mounted here; run the tests as root to have this one. {error}");
        return new SmallDisk(path);
    }

    /// <summary>Gives it another size; what it holds stays.</summary>
    public async Task ResizeAsync(string size) => Assert.Null(await RunAsync("mount", "-o", $"remount,size={size}", _path));

    public async ValueTask DisposeAsync() => await RunAsync("umount", "-l", _path);

    /// <returns>What went wrong; null where nothing did.</returns>
    private static async Task<string?> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        var error = await process.StandardError.ReadToEndAsync(CancellationToken.None);
        await process.WaitForExitAsync(CancellationToken.None);
        return process.ExitCode == 0 ? null : error.Trim();
    }
}
