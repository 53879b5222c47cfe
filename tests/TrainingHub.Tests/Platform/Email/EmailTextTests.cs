using TrainingHub.Platform.Email;
using Xunit;

namespace TrainingHub.Tests.Platform.Email;

public sealed class EmailTextTests
{
    [Theory]
    [InlineData("<h1>Booked</h1><p>Dear\n   Ann,</p><p>Hello.</p>", "Booked\n======\n\nDear Ann,\n\nHello.\n")]
    [InlineData("<table><tr><th>Course</th><td>A</td></tr><tr><th>Who</th><td>B<br>C</td></tr></table>", "Course: A\nWho: B\nC\n")]
    [InlineData("<table>\n <tr>\n  <th>Course</th>\n  <td>A</td>\n </tr>\n</table>", "Course: A\n")]
    [InlineData("<p>See <a href=\"https://x.example/?a=1&amp;b=2\">the page</a></p>", "See the page: https://x.example/?a=1&b=2\n")]
    [InlineData("<p><a href=\"https://x.example/\">https://x.example/</a></p>", "https://x.example/\n")]
    [InlineData("<p><a href=\"mailto:a@x.example\">a@x.example</a></p>", "a@x.example\n")]
    [InlineData("<ul><li>One</li> <li>Two</li></ul><p>Three</p>", "- One\n- Two\n\nThree\n")]
    [InlineData("<title>Not this</title><p>1 &lt; 2 &amp; 3</p>", "1 < 2 & 3\n")]
    public void From_Html_SaysTheSame(string html, string text) => Assert.Equal(text, EmailText.From(html));
}
