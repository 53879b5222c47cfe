using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Primitives;
using TrainingHub.Platform.Web.Binding;
using Xunit;

namespace TrainingHub.Tests.Platform.Web.Binding;

/// <summary>What the site's binders and messages make of a form, through the framework's own binding and validation.</summary>
public sealed class BindingTests(TestApp app) : IClassFixture<TestApp>
{
    private enum Sector
    {
        Health,
        Schools,
    }

    [Theory]
    [InlineData("  Siân  ", "Siân")]
    [InlineData("a\0b\u0007c", "abc")]
    [InlineData("one\r\ntwo\rthree", "one\ntwo\nthree")]
    [InlineData("Sia\u0302n", "Siân")]
    [InlineData("safe\u202Egnp.exe", "safegnp.exe")]
    [InlineData("\u200B \t", "")]
    [InlineData("👩‍🚀", "👩‍🚀")]
    public void Tidy_WhatComesIn_KeepsWordsAndDropsWhatHides(string typed, string kept) => Assert.Equal(kept, TidyTextBinder.Tidy(typed));

    [Fact]
    public async Task Form_LeftEmpty_SaysWhatToDoForEachAnswer()
    {
        var (_, state) = await BindAsync(("Name", " "), ("Started.Day", ""), ("Started.Month", ""), ("Started.Year", ""), ("Count", ""));

        Assert.Equal("Enter your full name", Message(state, "Name"));
        Assert.Equal("Select your sector", Message(state, "Sector"));
        Assert.Equal("Enter the date you started", Message(state, "Started"));
        Assert.False(state.ContainsKey("Note") && state["Note"]?.Errors.Count > 0);
    }

    [Fact]
    public async Task Form_WrongAnswers_AreNamedPlainly()
    {
        var (_, state) = await BindAsync(
            ("Name", new string('x', 21)), ("Email", "nobody"), ("Sector", "Banking"), ("Count", "11"),
            ("Started.Day", "30"), ("Started.Month", "2"), ("Started.Year", "2027"));

        Assert.Equal("Your full name must be 20 characters or fewer", Message(state, "Name"));
        Assert.Equal("Enter an email address in the correct format, like name@example.com", Message(state, "Email"));
        Assert.Equal("Your sector is not in a form that we understand", Message(state, "Sector"));
        Assert.Equal("Number of people must be between 1 and 10", Message(state, "Count"));
        Assert.Equal("The date you started must be a real date", Message(state, "Started"));
    }

    [Fact]
    public async Task Form_WordInABoxForANumber_SaysThatItMustBeANumber()
    {
        var (_, state) = await BindAsync(("Count", "ten"));

        Assert.Equal("Number of people must be a number", Message(state, "Count"));
    }

    [Theory]
    [InlineData("27", "3", "2027")]
    [InlineData("27", "March", "2027")]
    [InlineData(" 27 ", "mar.", "2027")]
    [InlineData("27", "03", "2027")]
    public async Task Date_InThreeBoxes_IsRead(string day, string month, string year)
    {
        var (form, state) = await BindAsync(("Started.Day", day), ("Started.Month", month), ("Started.Year", year));

        Assert.Equal(new DateOnly(2027, 3, 27), form.Started);
        Assert.Equal(0, state["Started"]?.Errors.Count ?? 0);
    }

    [Theory]
    [InlineData("", "3", "2027", "The date you started must include a day")]
    [InlineData("1", "", "", "The date you started must include a month and year")]
    [InlineData("1", "3", "27", "Year must include 4 numbers")]
    [InlineData("1", "Martober", "2027", "The date you started must be a real date")]
    public async Task Date_NotWhole_SaysWhatIsMissing(string day, string month, string year, string message)
    {
        var (_, state) = await BindAsync(("Started.Day", day), ("Started.Month", month), ("Started.Year", year));

        Assert.Equal(message, Assert.Single(state["Started"]?.Errors ?? []).ErrorMessage);
        Assert.Equal(day, state["Started.Day"]?.AttemptedValue);
    }

    [Theory]
    [InlineData("2027-03-27")]
    [InlineData("27/3/2027")]
    public async Task Date_AsOneValueOfAnAddress_IsRead(string typed)
    {
        var (form, _) = await BindAsync(("Started", typed));

        Assert.Equal(new DateOnly(2027, 3, 27), form.Started);
    }

    [Fact]
    public async Task Text_Empty_IsNullOnlyWhereThePropertyAllowsIt()
    {
        var (form, _) = await BindAsync(("Note", " "), ("Never", " "), ("Secret", " keep me "));

        Assert.Null(form.Note);
        Assert.Equal("", form.Never);
        Assert.Equal(" keep me ", form.Secret);
    }

    private static string? Message(ModelStateDictionary state, string key) => state[key]?.Errors is [var first, ..] ? first.ErrorMessage : null;

    private async Task<(Form Form, ModelStateDictionary State)> BindAsync(params (string Name, string Value)[] fields)
    {
        await using var scope = app.Scope();
        var services = scope.ServiceProvider;
        var http = new DefaultHttpContext { RequestServices = services };
        var context = new ActionContext(http, new RouteData(), new ControllerActionDescriptor(), new ModelStateDictionary());
        var posted = new FormCollection(fields.ToDictionary(field => field.Name, field => new StringValues(field.Value)));
        var metadata = services.GetRequiredService<IModelMetadataProvider>().GetMetadataForType(typeof(Form));
        var binder = services.GetRequiredService<IModelBinderFactory>().CreateBinder(new ModelBinderFactoryContext { Metadata = metadata });
        var parameter = new Microsoft.AspNetCore.Mvc.Abstractions.ParameterDescriptor { Name = "", ParameterType = typeof(Form) };
        var values = new FormValueProvider(BindingSource.Form, posted, System.Globalization.CultureInfo.GetCultureInfo("en-GB"));
        var result = await services.GetRequiredService<Microsoft.AspNetCore.Mvc.ModelBinding.ParameterBinder>()
            .BindModelAsync(context, binder, values, parameter, metadata, new Form());
        return (Assert.IsType<Form>(result.Model), context.ModelState);
    }

    private sealed class Form
    {
        [Display(Name = "Your full name"), Required, StringLength(20)]
        public string? Name { get; set; }

        [Display(Name = "Email address"), EmailAddress]
        public string? Email { get; set; }

        [Display(Name = "Your sector"), Required]
        public Sector? Sector { get; set; }

        [Display(Name = "The date you started"), Required]
        public DateOnly? Started { get; set; }

        [Display(Name = "Number of people"), Range(1, 10)]
        public int? Count { get; set; }

        public string? Note { get; set; }

        public string Never { get; set; } = "";

        [DataType(DataType.Password)]
        public string? Secret { get; set; }
    }
}
