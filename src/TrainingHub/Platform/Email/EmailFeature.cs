using Microsoft.Extensions.Options;
using TrainingHub.Emails;
using TrainingHub.Platform.Commands;
using TrainingHub.Platform.Jobs;
using TrainingHub.Platform.Web;

namespace TrainingHub.Platform.Email;

internal static class EmailFeature
{
    public static void AddEmail(this IServiceCollection services, IConfiguration configuration, IHostEnvironment environment)
    {
        services.AddOptions<EmailOptions>().BindConfiguration(EmailOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<EmailOptions>>(new EmailOptionsRules(environment));
        // What the coordinator settles on screen is in the next email.
        services.AddTransient(provider => Brand(provider.GetRequiredService<IOptions<SiteOptions>>().Value));
        services.AddSingleton<Func<EmailBrand>>(provider => () => Brand(provider.GetRequiredService<IOptions<SiteOptions>>().Value));
        services.AddSingleton<EmailRenderer>();
        services.AddSingleton<LinksInEmail>();
        services.AddSingleton(new MailFolder(Path.Combine(DataFolder.In(configuration), "mail")));
        services.AddSingleton(provider => new SmtpTokens(provider.GetRequiredService<IOptions<EmailOptions>>().Value.Smtp.OAuth));
        services.AddSingleton(provider => Transport(provider, environment));
        services.AddSingleton<EmailSender>();
        services.AddSingleton<AddressBounds>();
        services.AddScoped<TryEmailsAgain>().AddScoped<SendEmailAgain>().AddScoped<StopEmail>().AddScoped<SendWithheld>().AddScoped<SendTestEmail>();
        services.AddJob<SendEmails>().AddJob<OfferWithheld>().AddJob<PruneEmails>();
        services.AddScoped<RecordBounce>().AddVerb<BouncesVerb>();
        if (configuration[$"{EmailOptions.Section}:Bounces:Host"] is { Length: > 0 })
        {
            services.AddJob<ReadBounces>();
        }

        if (configuration.GetValue("Jobs:Enabled", defaultValue: true))
        {
            services.AddHostedService<DispatchEmails>();
        }
    }

    private static EmailBrand Brand(SiteOptions site) =>
        Coloured(site, new(site.PartnershipName, site.ContactEmail, site.ContactPhone, site.Absolute(""))
        {
            Urgent = [.. site.Urgent.Select(one => new EmailContact(one.Name, one.Phone, UkPhone.Digits(one.Phone), one.ForWhom is { } whom ? $"{one.When}, {whom}" : one.When))],
        });

    private static EmailBrand Coloured(SiteOptions site, EmailBrand brand) =>
        brand with { Band = site.BrandColour ?? brand.Band, Action = site.ActionColour ?? brand.Action };

    private static Func<IEmailTransport> Transport(IServiceProvider provider, IHostEnvironment environment)
    {
        var options = provider.GetRequiredService<IOptions<EmailOptions>>().Value;
        var brand = provider.GetRequiredService<Func<EmailBrand>>();
        var folder = provider.GetRequiredService<MailFolder>();
        var tokens = options.Smtp.OAuth.IsSet ? provider.GetRequiredService<SmtpTokens>() : null;
        return options.Smtp.Host.Length > 0
            ? () => new SmtpEmailTransport(new EmailEnvelope(brand(), options), options, tokens, environment.IsProduction())
            : () => new FileEmailTransport(new EmailEnvelope(brand(), options), folder.Path);
    }
}
