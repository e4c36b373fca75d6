using System.Globalization;
using System.Text;
using Weir.Land.Fast.Contracts;

namespace Weir.Tests.Land.Fast.Contracts;

/// <summary>Numbers of few digits; decimals of .NET are what they must agree with.</summary>
public class SmallDecimalTests
{
    [Theory]
    [InlineData("0", "0")]
    [InlineData("-0", "0")]
    [InlineData("-0.00", "0")]
    [InlineData("007", "7")]
    [InlineData("7.0", "7")]
    [InlineData("100", "100")]
    [InlineData("0.05", "0.05")]
    [InlineData("-12.50", "-12.5")]
    [InlineData("123456789012345678", "123456789012345678")]
    [InlineData("0.12345678901234567", "0.12345678901234567")]
    [InlineData("1234567890123456789", null)] // 19 digits
    [InlineData("1e2", null)]
    [InlineData("+1", null)]
    [InlineData(".5", null)]
    [InlineData("5.", null)]
    [InlineData("1.2.3", null)]
    [InlineData("-", null)]
    [InlineData("", null)]
    [InlineData("true", null)]
    public void A_number_of_few_digits_is_read_and_written_without_what_says_nothing(string text, string? expected) => Read(text).ShouldBe(expected);

    [Fact]
    public void Values_and_products_are_those_of_decimals()
    {
        var random = new Random(Environment.TickCount);
        for (var i = 0; i < 20_000; i++)
        {
            var (one, other) = (Any(random), Any(random));
            SmallDecimal.TryRead(Encoding.UTF8.GetBytes(one.ToString(CultureInfo.InvariantCulture)), out var left).ShouldBeTrue();
            SmallDecimal.TryRead(Encoding.UTF8.GetBytes(other.ToString(CultureInfo.InvariantCulture)), out var right).ShouldBeTrue();
            left.Value.ShouldBe(one);
            left.IsWhole.ShouldBe(decimal.IsInteger(one), $"{one}");
            if (left.TryMultiply(right, out var product)) decimal.Parse(Written(product), CultureInfo.InvariantCulture).ShouldBe(one * other, $"{one} * {other}");
        }
    }

    [Fact]
    public void A_product_of_more_than_18_digits_is_left()
    {
        SmallDecimal.TryRead("999999999999999999"u8, out var most).ShouldBeTrue();
        most.TryMultiply(new(false, 11, 0), out _).ShouldBeFalse();
        most.TryMultiply(new(true, 1, 2), out var product).ShouldBeTrue();
        Written(product).ShouldBe("-9999999999999999.99");
    }

    private static decimal Any(Random random) => new(random.Next(), random.Next(3) == 0 ? random.Next(1000) : 0, 0, random.Next(2) == 0, (byte)random.Next(10));

    private static string? Read(string text) => SmallDecimal.TryRead(Encoding.UTF8.GetBytes(text), out var number) ? Written(number) : null;

    private static string Written(SmallDecimal number)
    {
        Span<byte> text = stackalloc byte[SmallDecimal.LongestText];
        return Encoding.UTF8.GetString(text[..number.Write(text)]);
    }
}
