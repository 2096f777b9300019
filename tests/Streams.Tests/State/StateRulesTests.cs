using CsCheck;
using KafkaFunctions.Streams.State;

namespace KafkaFunctions.Streams.Tests.State;

public sealed class StateRulesTests
{
    [Theory]
    [InlineData("", 0)]
    [InlineData("az09AZ", 6)]
    [InlineData("-", 3)]
    [InlineData("a/b", 5)]
    [InlineData("::::", 12)]
    [InlineData("@[`{/:", 18)]
    public void StoredCharacters_Text_LettersAndDigitsTakeOne(string key, int expected) =>
        Assert.Equal(expected, StateRules.StoredCharacters(System.Text.Encoding.ASCII.GetBytes(key)));

    [Fact]
    public void StoredCharacters_AnyBytes_IsTheSumOfEach() => Gen.Byte.Array[0, 50].Sample(bytes =>
        Assert.Equal(bytes.Sum(b => char.IsAsciiLetterOrDigit((char)b) ? 1 : 3), StateRules.StoredCharacters(bytes)));

    [Theory]
    [InlineData("abc")]
    [InlineData("a--")]
    [InlineData("page-view-totals-2")]
    public void CheckName_WithinTheRule_Passes(string name) => StateRules.CheckName(name);

    [Fact]
    public void Next_AnyKey_IsTheSmallestAboveIt() => Gen.Select(Gen.Byte.Array[1, 4], Gen.Byte.Array[1, 5]).Sample((bytes, other) =>
    {
        var (key, candidate) = (new StateKey(bytes), new StateKey(other));

        Assert.True(key < key.Next());
        Assert.False(candidate > key && candidate < key.Next());
    });
}
