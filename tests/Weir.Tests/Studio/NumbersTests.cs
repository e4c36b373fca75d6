using Weir.Studio.Text;

namespace Weir.Tests.Studio;

public class NumbersTests
{
    [Theory]
    [InlineData(184_203.18, "€184.2 k", "€184,203.18")]
    [InlineData(9_412.4, "€9,412", "€9,412.40")]
    [InlineData(12.4, "€12.40", "€12.40")]
    [InlineData(0.0, "€0.00", "€0.00")]
    [InlineData(-3_110_990, "−€3.1 M", "−€3,110,990.00")]
    [InlineData(999_960.0, "€1.0 M", "€999,960.00")]
    [InlineData(69_100_000_000.0, "€69.1 bn", "€69,100,000,000.00")]
    public void Money_is_short_at_a_glance_and_whole_on_hover(double value, string brief, string full)
    {
        Plain(Numbers.Short(value, FigureFormat.Money, "EUR").ToString()).ShouldBe(brief);
        Plain(Numbers.Full(value, FigureFormat.Money, "EUR")).ShouldBe(full);
    }

    [Theory]
    [InlineData(0.0231, "2.31 %")]
    [InlineData(0.384, "38.4 %")]
    [InlineData(0.0, "0.00 %")]
    public void A_share_is_a_percentage(double value, string written) => Plain(Numbers.Short(value, FigureFormat.Percent).ToString()).ShouldBe(written);

    [Theory]
    [InlineData(2317.0, "2,317")]
    [InlineData(100_320.0, "100.3 k")]
    [InlineData(2.5, "2.50")]
    [InlineData(845.0, "845")]
    public void A_number_has_no_decimals_that_say_nothing(double value, string written) => Plain(Numbers.Short(value, FigureFormat.Number).ToString()).ShouldBe(written);

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(null)]
    public void What_is_not_a_number_is_a_dash(double? value) => Numbers.Short(value, FigureFormat.Money, "EUR").ToString().ShouldBe("–");

    [Theory]
    [InlineData(0.041, "+4.1 %")]
    [InlineData(-0.004, "−0.4 %")]
    [InlineData(0.0003, "±0.0 %")]
    [InlineData(-0.0003, "±0.0 %")]
    [InlineData(11.0, "× 12")]
    public void A_change_has_a_sign_and_one_decimal(double fraction, string written) => Plain(Numbers.Change(fraction)).ShouldBe(written);

    [Fact]
    public void The_change_of_a_share_is_in_points() => Plain(Numbers.Points(-0.004)).ShouldBe("−0.4 pt");

    [Theory]
    [InlineData(1, 1000000, "< 0.1 %")]
    [InlineData(999999, 1000000, "> 99.9 %")]
    [InlineData(0, 10, "0.0 %")]
    [InlineData(10, 10, "100.0 %")]
    [InlineData(819, 1000, "81.9 %")]
    [InlineData(0, 0, "–")]
    public void A_part_that_is_neither_none_nor_all_is_never_written_as_such(double part, double whole, string written) =>
        Plain(Numbers.Share(part, whole)).ShouldBe(written);

    [Fact]
    public void The_account_shows_every_digit() => Numbers.Exact(41_208_377).ShouldBe("41,208,377");

    [Theory]
    [InlineData(12, "12 s")]
    [InlineData(41 * 60, "41 min")]
    [InlineData(3 * 3600, "3 h")]
    [InlineData(50 * 3600, "2 days")]
    public void An_age_is_in_its_largest_unit(int seconds, string written) => Plain(Times.Age(TimeSpan.FromSeconds(seconds))).ShouldBe(written);

    private static string Plain(string text) => text.Replace('\u00A0', ' ');
}
