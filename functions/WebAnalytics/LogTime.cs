namespace KafkaFunctions.App.WebAnalytics;

/// <summary>The time of an access log: <c>10/Oct/2000:13:55:36 -0700</c>.</summary>
internal static class LogTime
{
    // DateTimeOffset takes no larger ones, and there are none.
    private const int MaxZoneHours = 14;

    // The last year is left out so that neither a leap second nor a zone can carry a time past what DateTimeOffset holds.
    private const int FirstYear = 1970;
    private const int LastYear = 9998;

    private static ReadOnlySpan<byte> Months => "JanFebMarAprMayJunJulAugSepOctNovDec"u8;

    /// <summary>Reads the time that a text starts with.</summary>
    /// <param name="text">The text.</param>
    /// <param name="time">The time; a leap second is the second after it.</param>
    /// <param name="length">How many bytes the time has; or, where it is none, how many are right.</param>
    /// <param name="expected">What should have stood there instead.</param>
    public static bool TryRead(ReadOnlySpan<byte> text, out DateTimeOffset time, out int length, out string expected)
    {
        time = default;
        var reader = new Reader(text);
        var day = reader.Number(2, 1, 31, "a day of two digits (01 to 31)");
        reader.Mark((byte)'/', "'/' after the day");
        var month = reader.Month();
        reader.Mark((byte)'/', "'/' after the month");
        var year = reader.Number(4, FirstYear, LastYear, "a year of four digits from 1970");
        reader.Mark((byte)':', "':' after the year");
        var hour = reader.Number(2, 0, 23, "hours of two digits (00 to 23)");
        reader.Mark((byte)':', "':' after the hours");
        var minute = reader.Number(2, 0, 59, "minutes of two digits (00 to 59)");
        reader.Mark((byte)':', "':' after the minutes");
        var second = reader.Number(2, 0, 60, "seconds of two digits (00 to 60)");
        reader.Mark((byte)' ', "a space after the seconds");
        var sign = reader.Sign();
        var zoneHours = reader.Number(2, 0, MaxZoneHours, "the zone's hours of two digits (00 to 14)");
        var zoneMinutes = reader.Number(2, 0, zoneHours == MaxZoneHours ? 0 : 59, "the zone's minutes of two digits");
        if (reader.Failed is null && day > DateTime.DaysInMonth(year, month))
        {
            reader.Fail(0, "a day that the month has");
        }

        if (reader.Failed is null)
        {
            var zone = sign * new TimeSpan(zoneHours, zoneMinutes, 0);
            time = new DateTimeOffset(new DateTime(year, month, day, hour, minute, 0), zone).AddSeconds(second);
            if (time < DateTimeOffset.UnixEpoch)
            {
                reader.Fail(0, "a time from 1970-01-01 UTC");
            }
        }

        length = reader.At;
        expected = reader.Failed ?? "";
        return reader.Failed is null;
    }

    /// <summary>Reads a text from its start and stops for good at the first thing that is not as expected.</summary>
    private ref struct Reader(ReadOnlySpan<byte> text)
    {
        private readonly ReadOnlySpan<byte> _text = text;

        public int At { get; private set; }

        public string? Failed { get; private set; }

        public void Fail(int at, string expected)
        {
            At = at;
            Failed = expected;
        }

        public int Number(int digits, int least, int most, string expected)
        {
            var number = 0;
            for (var i = At; Failed is null && i < At + digits; i++)
            {
                if (i >= _text.Length || !char.IsAsciiDigit((char)_text[i]))
                {
                    Fail(i, expected);
                    return 0;
                }

                number = (number * 10) + (_text[i] - '0');
            }

            if (Failed is not null)
            {
                return 0;
            }

            if (number < least || number > most)
            {
                Fail(At, expected);
                return 0;
            }

            At += digits;
            return number;
        }

        public void Mark(byte mark, string expected)
        {
            if (Failed is not null)
            {
                return;
            }

            if (At < _text.Length && _text[At] == mark)
            {
                At++;
            }
            else
            {
                Fail(At, expected);
            }
        }

        public int Month()
        {
            if (Failed is not null)
            {
                return 0;
            }

            for (var month = 0; month < 12; month++)
            {
                if (_text[At..].StartsWith(Months.Slice(month * 3, 3)))
                {
                    At += 3;
                    return month + 1;
                }
            }

            Fail(At, "a month (Jan to Dec)");
            return 0;
        }

        public int Sign()
        {
            if (Failed is null && At < _text.Length && _text[At] is (byte)'+' or (byte)'-')
            {
                return _text[At++] == '+' ? 1 : -1;
            }

            if (Failed is null)
            {
                Fail(At, "'+' or '-' and the zone");
            }

            return 0;
        }
    }
}
