namespace KafkaFunctions.Embedded.Tests;

public sealed class EmbeddedLogOptionsTests
{
    [Fact]
    public void Defaults_AreTheDocumentedOnes()
    {
        var options = new EmbeddedLogOptions();

        Assert.Equal(EmbeddedDurability.Full, options.Durability);
        Assert.Equal(TimeSpan.FromDays(7), options.Retention);
        Assert.Null(options.RetentionBytes);
        Assert.Equal(1_048_588, options.MaxRecordBytes);
        Assert.Equal(TimeSpan.FromMilliseconds(10), options.PollInterval);
        Assert.Equal(TimeSpan.FromSeconds(10), options.LockTimeout);
    }

    public static TheoryData<EmbeddedLogOptions, string> OutOfRange => new()
    {
        { new EmbeddedLogOptions { MaxRecordBytes = 0 }, nameof(EmbeddedLogOptions.MaxRecordBytes) },
        { new EmbeddedLogOptions { MaxRecordBytes = 1_000_000_000 }, nameof(EmbeddedLogOptions.MaxRecordBytes) },
        { new EmbeddedLogOptions { Retention = TimeSpan.FromSeconds(-1) }, nameof(EmbeddedLogOptions.Retention) },
        { new EmbeddedLogOptions { RetentionBytes = -1 }, nameof(EmbeddedLogOptions.RetentionBytes) },
        { new EmbeddedLogOptions { PollInterval = TimeSpan.Zero }, nameof(EmbeddedLogOptions.PollInterval) },
        { new EmbeddedLogOptions { LockTimeout = TimeSpan.Zero }, nameof(EmbeddedLogOptions.LockTimeout) },
    };

    [Theory]
    [MemberData(nameof(OutOfRange), DisableDiscoveryEnumeration = true)]
    public void Open_OptionOutOfRange_NamesIt(EmbeddedLogOptions options, string name)
    {
        using var directory = new TemporaryDirectory();

        var error = Assert.Throws<ArgumentException>(() => EmbeddedLog.Open(directory.FullName, options));

        Assert.Equal(name, error.ParamName);
    }
}
