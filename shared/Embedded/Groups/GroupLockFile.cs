using System.Security.Cryptography;
using System.Text;

namespace KafkaFunctions.Embedded.Groups;

/// <summary>A file whose lock says who owns a group. The operating system gives it back when the owner dies, however it dies.</summary>
internal static class GroupLockFile
{
    private const string Directory = "groups";
    private const string Extension = ".lock";
    private const int MaxReadableLength = 100;
    private const int HashBytes = 8;

    // What "somebody else holds the lock" looks like on Windows, Linux and macOS.
    private const int SharingViolation = unchecked((int)0x80070020);
    private const int LinuxWouldBlock = 11;
    private const int MacWouldBlock = 35;

    /// <summary>Takes the lock; null where somebody else holds it. The file is never deleted, or two could each lock one.</summary>
    public static FileStream? TryLock(string dataDirectory, string consumerGroup)
    {
        var directory = Path.Combine(dataDirectory, Directory);
        System.IO.Directory.CreateDirectory(directory);
        try
        {
            return new FileStream(Path.Combine(directory, NameOf(consumerGroup)), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException error) when (error.HResult is SharingViolation or LinuxWouldBlock or MacWouldBlock)
        {
            return null;
        }
    }

    // A group may have any name; the hash tells apart what the readable part, or the file system, does not.
    private static string NameOf(string consumerGroup)
    {
        var readable = string.Concat(consumerGroup.Take(MaxReadableLength).Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' ? c : '_'));
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(consumerGroup)).AsSpan(0, HashBytes);
        return $"{readable}-{Convert.ToHexStringLower(hash)}{Extension}";
    }
}
